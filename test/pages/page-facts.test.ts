import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { openPage, withoutChromium } from '../helpers/chromium.js';
import { knownSettings } from '../helpers/known.js';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { reads } from './panel-page.js';

const options = { skip: withoutChromium };
const MEAN = `<img src=x onerror="document.body.dataset.hacked=1">&'`.slice(0, 40);

test('without JavaScript the page says so and shows the last order', options, async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '7\n' } });
  const page = await openPage(t, server.url, { javaScriptEnabled: false });
  assert.match(await page.locator('#status').innerText(), /^This telegraph needs JavaScript\./);
  assert.equal(await page.locator('.standing strong').textContent(), 'COFFEE');
  assert.equal(await page.getByRole('button').count(), 0, 'nothing is offered that would not work');
  await writeFile(server.file('status.eot'), '11\n');
  await reads(await openPage(t, server.url), 'BATTLE STATIONS');
  await page.reload();
  assert.equal(await page.locator('.standing strong').textContent(), 'BATTLE STATIONS');
});

test('the dial with the last order is there before any socket', options, async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '7\n' } });
  const page = await openPage(t, 'about:blank');
  await page.routeWebSocket(/websocket/, () => undefined);
  await page.goto(server.url);
  await page.locator('#indicator[data-position="7"]').waitFor();
  await page.getByRole('button', { name: 'COFFEE' }).waitFor();
  await reads(page, 'Connecting to the telegraph');
  assert.equal(await page.locator('#handle').getAttribute('data-position'), null);
});

test('script and style take at most 25 KB of what a browser loads', async (t) => {
  const server = await startServer(t);
  let sum = 0;
  for (const path of ['/panel.js', '/panel.css']) {
    const response = await fetch(server.url + path);
    assert.equal(response.headers.get('content-encoding'), 'gzip');
    sum += Number(response.headers.get('content-length'));
  }
  assert.ok(sum > 5_000 && sum <= 25_000, `${sum} bytes`);
});

test('labels of one’s own are shown as text, whatever they hold', options, async (t) => {
  const words = [MEAN, '"quoted"', '{{standing}}', 'D&D', 'E', 'F', 'G', 'H', 'I', 'J', '  K  '];
  const settings = settingsText({ change: `panel: { labels: ${JSON.stringify(words)} }` });
  const server = await startServer(t, { settings, files: { 'status.eot': '1\n' } });
  const page = await openPage(t, server.url);
  await reads(page, `${MEAN} — acknowledged`);
  const names = await page
    .locator('.sector')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  assert.deepEqual(names, [...words.slice(0, 10), 'K']);
  assert.equal(await page.locator('img').count(), 0);
  const bare = await openPage(t, server.url, { javaScriptEnabled: false });
  assert.equal(await bare.locator('.standing strong').textContent(), MEAN);
});

test('by setting every panel shows who has acknowledged what, as text', options, async (t) => {
  const mean = '<img src=x onerror=alert(1)>';
  const settings = knownSettings({ change: 'panel: { acknowledgements: true },' });
  const server = await startServer(t, { settings, files: { 'status.eot': '7\n' } });
  const [watcher, ann] = [await openPage(t, server.url), await openPage(t, 'about:blank')];
  await ann.context().addCookies([{ name: 'sessionid', value: `7-${mean}`, url: server.url }]);
  await ann.goto(server.url);
  for (const page of [watcher, ann]) await reads(page, 'COFFEE');
  const roll = watcher.getByRole('region', { name: 'Acknowledged' });
  await roll.getByText('by nobody yet').waitFor();
  await ann.getByRole('button', { name: 'COFFEE' }).click();
  await roll.getByText(`COFFEE: ${mean}`, { exact: true }).waitFor();
  await watcher.getByRole('button', { name: 'LUNCH' }).click();
  await roll.getByText('LUNCH: one visitor', { exact: true }).waitFor();
  assert.equal(await watcher.locator('img').count(), 0);

  const late = await openPage(t, server.url);
  await late.getByText(`COFFEE: ${mean}`, { exact: true }).waitFor();

  await writeFile(server.file('status.eot'), '9\n');
  await reads(watcher, 'ENGINE WORKING WRONG ordered');
  await roll.getByText('by nobody yet').waitFor();
  assert.equal(await roll.getByRole('listitem').count(), 1);
});

test('a panel that shows nobody’s acknowledgements has one socket', options, async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '7\n' } });
  const page = await openPage(t, 'about:blank');
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
  await page.goto(server.url);
  await reads(page, 'COFFEE — acknowledged');
  assert.deepEqual(sockets, ['/websocket']);
  assert.equal(await page.locator('#roll').isVisible(), false);
});

test('the page is not served half-filled while the service that fills it is away', async (t) => {
  const settings = settingsText({
    imports: "import { Panel } from 'eot-server';",
    change: 'services: base.services.filter((service) => service !== Panel)',
  });
  const server = await startServer(t, { settings });
  const { status, headers } = await fetch(server.url);
  assert.deepEqual([status, headers.get('retry-after')], [503, '1']);
  assert.equal((await fetch(`${server.url}/panel.css`)).status, 200);
});
