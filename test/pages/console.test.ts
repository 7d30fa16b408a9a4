import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { openPage, withoutChromium } from '../helpers/chromium.js';
import { modern } from '../helpers/known.js';
import { startServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';
import { operatedSettings } from '../ops/operated.js';

const options = { skip: withoutChromium };
const MEAN = '<img src=x onerror="document.body.dataset.hacked=1">';

const rowOf = (page: Page, name: string): Locator =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });

const clientOf = (page: Page, name: string): Locator => page.locator('#clients tbody tr', { hasText: name });

/** Says yes to the question that stands. */
async function yes(page: Page, question: RegExp, word: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: question });
  await dialog.getByRole('button', { name: word }).click();
  await dialog.waitFor({ state: 'hidden' });
}

test('a service dies and heals before one’s eyes, and is given up', options, async (t) => {
  const settings = operatedSettings('restart: { intensity: 1, first: 1_000 }');
  const server = await startServer(t, { settings });
  const page = await openPage(t, `${server.url}/console`);
  const clock = rowOf(page, 'Clock');
  await clock.getByText('enabled').waitFor();
  const visitor = await Visitor.in(t, server, 'lobby');

  await visitor.ask({ task: 'Kill', data: 'the spring broke' });
  await clock.getByText('dead').waitFor();
  await clock.getByText('the spring broke').waitFor();
  assert.equal(await clock.locator('[data-label=Deaths]').textContent(), '1');
  await page.getByRole('status').getByText('Clock is dead: the spring broke').waitFor();
  await clock.getByText('enabled').waitFor();

  await visitor.ask({ task: 'Kill', data: MEAN });
  await clock.getByText('parked').waitFor();
  await clock.getByText(MEAN).waitFor();
  assert.equal(await page.locator('img').count(), 0);
});

test('a service is restarted by keyboard, when one is sure', options, async (t) => {
  const server = await startServer(t, { settings: operatedSettings('restart: { intensity: 0 }') });
  const page = await openPage(t, `${server.url}/console`);
  const clock = rowOf(page, 'Clock');
  await clock.getByText('enabled').waitFor();
  const visitor = await Visitor.in(t, server, 'lobby');
  await visitor.ask({ task: 'Kill', data: 'worn out' });
  await clock.getByText('parked').waitFor();

  const button = page.getByRole('button', { name: 'Restart Clock' });
  await button.focus();
  for (const [keys, state] of [
    [['Enter', 'Enter'], 'parked'],
    [['Enter', 'Tab', 'Enter'], 'enabled'],
  ] as const) {
    for (const key of keys) await page.keyboard.press(key);
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await clock.getByText(state).waitFor();
  }
});

test('one client is disconnected, and told not to come back', options, async (t) => {
  const server = await startServer(t, { settings: operatedSettings() });
  const ann = await modern(t, server, 'lobby', '1-ann');
  await modern(t, server, MEAN, `2-${MEAN}`);
  const page = await openPage(t, `${server.url}/console`);
  await clientOf(page, MEAN).waitFor();
  await page.getByRole('button', { name: /^Disconnect ann/ }).click();
  await yes(page, /^Disconnect ann/, 'Disconnect it');
  assert.deepEqual(await ann.closed, { code: 4500, reason: 'an operator has disconnected you' });
  await clientOf(page, 'ann').waitFor({ state: 'detached' });
  const own = page.locator('#clients tr.own').getByRole('button', { name: /^Disconnect/ });
  assert.equal(await own.isDisabled(), true, 'nobody saws off the branch they sit on');

  await page.getByRole('button', { name: `Show the clients in ${MEAN}` }).click();
  await page.getByText('1 client').waitFor();
  assert.equal(await page.evaluate(() => document.body.dataset.hacked), undefined);
});

test('the trace shows the frames of one client as they come, and nobody else’s', options, async (t) => {
  const server = await startServer(t, { settings: operatedSettings() });
  const [ann, bob] = [await modern(t, server, 'lobby', '1-ann'), await modern(t, server, 'attic', '2-bob')];
  const page = await openPage(t, `${server.url}/console`);
  await page.getByRole('button', { name: /^Trace ann/ }).click();
  const tape = page.locator('#trace ol');
  await tape.getByText('ann at 127.0.0.1 is followed').waitFor();
  await bob.ask({ task: 'Say', data: 'from the attic' });
  await ann.ask({ task: 'Say', data: MEAN, ref: 'x' });
  await tape.getByText('← {"ref":"x"').waitFor();
  const text = await tape.innerText();
  assert.ok(text.includes(JSON.stringify(MEAN)), text);
  assert.ok(!text.includes('attic'));
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('over: you ended it').waitFor();
  assert.equal(await page.locator('img').count(), 0);
});

test('a lost connection is shown, and heals without a reload', options, async (t) => {
  const server = await startServer(t, { settings: operatedSettings() });
  const page = await openPage(t, `${server.url}/console`);
  await rowOf(page, 'Clock').getByText('enabled').waitFor();
  await server.end('SIGKILL');
  await page.locator('#connection', { hasText: 'lost' }).waitFor();
  const again = await startServer(t, { folder: server.folder, port: server.port });
  await page.getByText(`pid ${again.pid}`).waitFor({ timeout: 40_000 });
  await page.locator('#connection', { hasText: 'live' }).waitFor();
});

test('a console without its right is refused, the page and its socket', options, async (t) => {
  const server = await startServer(t, { settings: operatedSettings("console: 'nobody'") });
  const page = await openPage(t, `${server.url}/console`);
  await page.getByText('The console is not for you here.').waitFor();

  const settings = operatedSettings(
    "console: () => !existsSync('closed')",
    "import { existsSync } from 'node:fs';",
  );
  const other = await startServer(t, { settings });
  const once = await openPage(t, `${other.url}/console`);
  await rowOf(once, 'Clock').waitFor();
  await writeFile(other.file('closed'), '');
  await other.command(['restart', 'WebSocketDoor']);
  await once.getByText('not for you: the room services is not for anonymous visitors').waitFor();
});

test('nothing is wider than a phone, and the content policy forbids nothing', options, async (t) => {
  const server = await startServer(t, { settings: operatedSettings() });
  await modern(t, server, 'r'.repeat(300), `1-${'long'.repeat(60)}`);
  const page = await openPage(t, 'about:blank', { viewport: { width: 360, height: 740 } });
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${server.url}/console`);
  await clientOf(page, 'longlong').waitFor();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  assert.equal(width, 360);
  assert.deepEqual(complaints, []);
});
