import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openPage, withoutChromium } from '../helpers/chromium.js';
import { eventually } from '../helpers/eventually.js';
import { startServer } from '../helpers/server.js';
import { panel, reads, stands } from './panel-page.js';

const options = { skip: withoutChromium };

test(
  'by keyboard alone an order is acknowledged, the bell muted, and the debug panel used',
  options,
  async (t) => {
    const server = await startServer(t, { files: { 'status.eot': '6\n' } });
    const page = await openPage(t, server.url);
    await reads(page, 'STOP — acknowledged');
    await writeFile(server.file('status.eot'), '9\n');
    await reads(page, 'ENGINE WORKING WRONG ordered');

    await page.keyboard.press('Tab');
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'ENGINE WORKING WRONG');
    await page.keyboard.press('Enter');
    await reads(page, 'ENGINE WORKING WRONG — acknowledged');
    await eventually(
      async () => (await readFile(server.file('accept.eot'), 'utf8')) === '9\n',
      'the file holds it',
    );

    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    const bell = page.getByRole('button', { name: 'Mute the bell', pressed: true });
    await bell.waitFor();

    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'E.O.T. Debug Panel' }).waitFor();
    await page.keyboard.type('status');
    await page.keyboard.press('Enter');
    await page.getByRole('log').getByText('Current Status: 9', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    assert.equal(await page.locator(':focus').textContent(), 'π');

    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Shift+Tab');
    assert.equal(await page.locator(':focus').getAttribute('aria-label'), 'ENGINE WORKING WRONG');
  },
);

test('the dial is one stop of the tabulator; arrows, Home and End walk on it', options, async (t) => {
  const { page, visitor } = await panel(t, 7);
  await reads(page, 'COFFEE');
  const focused = () => page.locator(':focus').getAttribute('aria-label');
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'COFFEE');
  for (const [key, label] of [
    ['ArrowRight', 'LUNCH'],
    ['ArrowUp', 'ENGINE WORKING WRONG'],
    ['ArrowLeft', 'LUNCH'],
    ['End', 'BATTLE STATIONS'],
    ['ArrowRight', 'BATTLE STATIONS'],
    ['Home', 'FULL'],
    ['ArrowDown', 'FULL'],
  ] as const) {
    await page.keyboard.press(key);
    assert.equal(await focused(), label, key);
  }
  visitor.say('3');
  await reads(page, 'SLOW ordered');
  assert.equal(await focused(), 'FULL', 'an order takes nobody away from where they are');
  await page.keyboard.press('Space');
  await visitor.hears('Accept&1');
});

test('a key that is held down answers once', options, async (t) => {
  const { page, visitor } = await panel(t, 6);
  await reads(page, 'STOP');
  await page.keyboard.press('Tab');
  for (let times = 0; times < 50; times += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await visitor.hears('Accept&7');
  assert.deepEqual(visitor.heard, ['Accept&6', 'Accept&7']);
});

test(
  'a screen reader finds the order, the answer, eleven buttons and what else there is',
  options,
  async (t) => {
    const { page, visitor } = await panel(t, 6);
    await reads(page, 'STOP');
    visitor.say('7');
    await reads(page, 'COFFEE ordered');
    const tree = await page.locator('body').ariaSnapshot();
    for (const line of [
      'heading "Engine order telegraph" [level=1]',
      'toolbar "Engine order telegraph"',
      'button "FULL"',
      'button "STOP" [pressed]',
      'button "COFFEE"',
      'button "ENGINE WORKING WRONG"',
      'button "BATTLE STATIONS"',
      'status: COFFEE ordered — not acknowledged',
      'button "Mute the bell"',
      'button "Debug panel"',
    ])
      assert.ok(tree.includes(line), `${line} is not in\n${tree}`);
    assert.equal(tree.match(/- button/g)?.length, 13);
    assert.doesNotMatch(tree, /SCIENCING|1873/, 'ornaments are not read');
    const current = page.getByRole('button', { name: 'COFFEE' });
    assert.equal(await current.getAttribute('aria-current'), 'true');
  },
);

test('colours that the visitor forces are used', options, async (t) => {
  const { page, visitor } = await panel(t, 6, { forcedColors: 'active' });
  visitor.say('7');
  await reads(page, 'COFFEE ordered');
  const drawn = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    const system = (name: string) => {
      probe.style.color = name;
      return getComputedStyle(probe).color;
    };
    const fill = (selector: string) => getComputedStyle(document.querySelector(selector) as Element).fill;
    return {
      face: [fill('[data-position="6"] .face'), system('Canvas')],
      label: [fill('[data-position="6"] .label'), system('CanvasText')],
      order: [fill('[aria-current=true] .face'), system('Highlight')],
    };
  });
  for (const [part, [found, wanted]] of Object.entries(drawn)) assert.equal(found, wanted, part);
});

test(
  'who likes it still sees both parts at once where they belong; others see them turn',
  options,
  async (t) => {
    for (const reducedMotion of ['reduce', 'no-preference'] as const) {
      const { page, visitor } = await panel(t, 2, { reducedMotion });
      await reads(page, 'HALF');
      visitor.say('10');
      await reads(page, 'SIWOTI ordered');
      await page.getByRole('button', { name: 'SIWOTI' }).press('Enter');
      const times = await page.evaluate(() =>
        ['#handle', '#indicator'].map((part) => {
          const turning = document.querySelector(`${part} .turning`);
          return getComputedStyle(turning as Element).transitionDuration;
        }),
      );
      assert.deepEqual(times, reducedMotion === 'reduce' ? ['0s', '0s'] : ['1s', '1.5s']);
      if (reducedMotion === 'reduce') await stands(page, 'indicator', 10);
      else assert.ok((await page.evaluate(() => document.getAnimations().length)) > 0);
    }
  },
);
