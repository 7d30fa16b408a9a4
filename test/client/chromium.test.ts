import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chromium, type Page } from 'playwright-core';
import { ARGS, openPage, PATH, withoutChromium } from '../helpers/chromium.js';
import { eventually } from '../helpers/eventually.js';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const SAYING = settingsText({
  classes: 'class Say extends Task { main(request) { request.say(request.data); } }',
  change: 'tasks: { ...base.tasks, Say }',
});

const hears = (page: Page, what: string) =>
  eventually(() => page.evaluate<boolean>(`heard.includes('${what}')`), `the page hears ${what}`);

test('Zephclient needs no arguments, hears its page, and is back after a restart of the server', {
  skip: withoutChromium,
}, async (t) => {
  const server = await startServer(t, { settings: SAYING });
  const page = await openPage(t, `${server.url}/panel`);
  await page.addScriptTag({ url: '/client.js' });
  await page.evaluate(`
    Math.random = () => 0.1;
    window.heard = [];
    window.client = new Zephclient();
    client.subscribe('Say', ({ task, data }) => heard.push(task + ' ' + data));
    client.send('Say', 'one');`);
  await hears(page, 'Say one');
  assert.equal(await server.end('SIGTERM'), 0);
  const again = await startServer(t, { settings: SAYING, folder: server.folder, port: server.port });
  await page.evaluate(`client.subscribe('TaskEcho', () => heard.push('in')); client.send('TaskEcho', 1);`);
  await hears(page, 'in');
  const visitor = await Visitor.in(t, again, `${server.url}/panel`);
  visitor.send({ task: 'Say', data: 'two' });
  await hears(page, 'Say two');
});

test('a page that is gone back to is as it was left, and its client is back at once', {
  skip: withoutChromium,
}, async (t) => {
  const server = await startServer(t, { settings: SAYING });
  // A wait would be longer than the test. Kept pages are switched off in tests, unless one asks.
  const browser = await chromium.launch({
    executablePath: PATH,
    args: ARGS,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  t.after(() => browser.close());
  const page = await browser.newPage();
  await page.goto(`${server.url}/favicon.svg`);
  await page.goto(`${server.url}/panel`);
  await page.addScriptTag({ url: '/client.js' });
  await page.evaluate(`
    window.heard = [];
    window.client = new EotClient({ room: 'lobby', random: () => 1000 });
    client.subscribe('Say', ({ data }) => heard.push(data));
    addEventListener('pageshow', ({ persisted }) => persisted && heard.push('kept'));
    client.ask('TaskEcho', 1);`);
  await page.goto(`${server.url}/favicon.svg`);
  // A page that was kept is not loaded.
  await page.goBack({ waitUntil: 'commit' });
  await hears(page, 'kept');
  assert.equal(await page.evaluate(`client.ask('TaskEcho', 'ahoy')`), 'ahoy');
});
