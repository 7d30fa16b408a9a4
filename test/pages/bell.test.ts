import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Page } from 'playwright-core';
import { openPage, withoutChromium } from '../helpers/chromium.js';
import { eventually } from '../helpers/eventually.js';
import { reads } from './panel-page.js';
import { ScriptedTelegraph, type Visitor } from './scripted-telegraph.js';

const options = { skip: withoutChromium };

/** A panel whose strokes of the bell are counted: two strokes are one ringing. */
async function listened(
  t: TestContext,
): Promise<{ page: Page; visitor: Visitor; telegraph: ScriptedTelegraph }> {
  const telegraph = await ScriptedTelegraph.open(t);
  const page = await openPage(t, 'about:blank');
  await page.addInitScript(() => {
    const start = OscillatorNode.prototype.start;
    const begun = new Set<number>();
    OscillatorNode.prototype.start = function (when = 0) {
      begun.add(when);
      Object.assign(window, { strokes: begun.size });
      start.call(this, when);
    };
  });
  await page.goto(telegraph.url);
  const visitor = await telegraph.visitor();
  visitor.say('Connected to EOT Server', '4&1');
  await reads(page, 'REVERSE');
  return { page, visitor, telegraph };
}

const rung = (page: Page): Promise<number> =>
  page.evaluate(() => (window as { strokes?: number }).strokes ?? 0);

const rings = (page: Page, times: number) =>
  eventually(async () => (await rung(page)) === 2 * times, `the bell has rung ${times} times`);

test(
  'until the first gesture the page says why it is silent; then it rings for what was missed, and each order',
  options,
  async (t) => {
    const { page, visitor } = await listened(t);
    const hint = page.getByText('The bell rings once you have touched the page.');
    await hint.waitFor();
    assert.equal(await rung(page), 0);
    await page.mouse.click(5, 5);
    await rings(page, 1);
    await hint.waitFor({ state: 'hidden' });
    visitor.say('5');
    await rings(page, 2);
    visitor.say('Server echoed: 5', '5&3', 'Accepted state: 5', '6');
    await rings(page, 3);
    await page.getByRole('button', { name: 'STOP' }).click();
    await reads(page, 'STOP — acknowledged');
    assert.equal(await rung(page), 6, 'my own answer is silent');
  },
);

test('muted it stays silent, also after a reload, until it is asked to ring', options, async (t) => {
  const { page, visitor, telegraph } = await listened(t);
  await page.getByRole('button', { name: 'Mute the bell', pressed: false }).click();
  const before = await rung(page);
  visitor.say('5');
  await reads(page, 'NEXT ordered');
  assert.equal(await rung(page), before);

  await page.reload();
  const again = await telegraph.visitor();
  again.say('Connected to EOT Server', '5&1');
  await reads(page, 'NEXT');
  const mute = page.getByRole('button', { name: 'Mute the bell', pressed: true });
  assert.equal(await page.locator('#hint').isVisible(), false);
  await page.mouse.click(5, 5);
  assert.equal(await rung(page), 0);
  await mute.click();
  await rings(page, 1);
  again.say('6');
  await rings(page, 2);
});

test('what one tab mutes, the other does not ring', options, async (t) => {
  const { page, telegraph } = await listened(t);
  const other = await page.context().newPage();
  await other.goto(telegraph.url);
  (await telegraph.visitor()).say('Connected to EOT Server', '4&1');
  await other.getByRole('button', { name: 'Mute the bell' }).click();
  await page.getByRole('button', { name: 'Mute the bell', pressed: true }).waitFor();
});

test('a browser that forbids memory and sound gets a panel all the same', options, async (t) => {
  const telegraph = await ScriptedTelegraph.open(t);
  const page = await openPage(t, 'about:blank');
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
    Object.defineProperty(window, 'AudioContext', { value: undefined });
  });
  await page.goto(telegraph.url);
  const visitor = await telegraph.visitor();
  visitor.say('Connected to EOT Server', '4&1');
  await reads(page, 'REVERSE');
  await page.getByRole('button', { name: 'Mute the bell' }).click();
  await page.getByRole('button', { name: 'Mute the bell', pressed: true }).waitFor();
  await page.getByRole('button', { name: 'LUNCH' }).click();
  await visitor.hears('Accept&8');
});
