import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { Worker } from 'node:worker_threads';
import type { Page } from 'playwright-core';
import { openPage, withoutChromium } from '../helpers/chromium.js';
import { eventually } from '../helpers/eventually.js';
import { root, startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const SAYING = settingsText({
  imports: "import { Pages } from 'eot-server';",
  classes: 'class Say extends Task { main(request) { request.say(request.data); } }',
  change: `tasks: { ...base.tasks, Say },
  services: base.services.map((service) => (service === Pages
    ? Pages.with({ folder: '.', files: { '/empty': 'empty.html', '/worker.js': 'worker.js', '/shared.js': 'shared.js' } })
    : service)),`,
});

const FILES = {
  'empty.html': '<!doctype html><title>A page</title>',
  'worker.js': `importScripts('/client.js');
const client = new EotClient({ room: 'lobby' });
client.subscribe('Say', ({ data }) => postMessage(data));
onmessage = ({ data }) => client.send('Say', data);
client.ask('TaskEcho', 'in').then(postMessage);`,
  // One connection for all tabs.
  'shared.js': `importScripts('/client.js');
const client = new EotClient({ room: 'lobby' });
onconnect = ({ ports: [port] }) => {
  client.subscribe('Say', ({ data }) => port.postMessage(client.cid + ' ' + data));
  client.ask('TaskEcho', 'in').then((answer) => port.postMessage(answer));
};`,
};

/** In the page: what the worker says, as an array that grows; `maker` makes its end of the talk. */
const hearing = (maker: string) =>
  `window.heard = []; window.port = ${maker}; port.onmessage = ({ data }) => heard.push(data);`;

const heardBy = (page: Page, count: number) =>
  eventually(
    () => page.evaluate<string[] | false>(`heard.length >= ${count} && heard`),
    `${count} messages of the worker`,
  );

test('in a worker of a page it answers, says and hears', { skip: withoutChromium }, async (t) => {
  const server = await startServer(t, { settings: SAYING, files: FILES });
  const page = await openPage(t, `${server.url}/empty`);
  await page.evaluate(hearing(`new Worker('/worker.js')`));
  await heardBy(page, 1);
  await page.evaluate(`port.postMessage('ahoy')`);
  assert.deepEqual(await heardBy(page, 2), ['in', 'ahoy']);
});

test('in a shared worker one connection serves all pages', { skip: withoutChromium }, async (t) => {
  const server = await startServer(t, { settings: SAYING, files: FILES });
  const first = await openPage(t, `${server.url}/empty`);
  const second = await first.context().newPage();
  await second.goto(`${server.url}/empty`);
  for (const page of [first, second]) {
    await page.evaluate(hearing(`new SharedWorker('/shared.js').port`));
    await heardBy(page, 1);
  }
  const visitor = await Visitor.in(t, server, 'lobby');
  visitor.send({ task: 'Say', data: 'ahoy' });
  const heard = await Promise.all([heardBy(first, 2), heardBy(second, 2)]);
  const line = heard[0][1] ?? '';
  assert.match(line, /^[0-9a-f]{32} ahoy$/);
  assert.deepEqual(heard, Array(2).fill(['in', line]));
});

test('in a thread of Node it answers, says and hears, by the name of the package', async (t) => {
  const server = await startServer(t, { settings: SAYING, files: FILES });
  await mkdir(server.file('node_modules'));
  await symlink(root, server.file('node_modules/eot-server'));
  await symlink(join(root, 'node_modules', 'ws'), server.file('node_modules/ws'));
  await writeFile(
    server.file('thread.mjs'),
    `import { parentPort, workerData } from 'node:worker_threads';
import { EotClient } from 'eot-server/client';
import { WebSocket } from 'ws';
const client = new EotClient({ url: workerData, room: 'lobby', WebSocket });
client.subscribe('Say', ({ data }) => { parentPort.postMessage(data); client.close(); });
client.send('Say', await client.ask('TaskEcho', 'ahoy'));`,
  );
  const thread = new Worker(server.file('thread.mjs'), {
    workerData: `${server.url.replace('http', 'ws')}/ws`,
  });
  const [[heard], [code]] = await Promise.all([once(thread, 'message'), once(thread, 'exit')]);
  assert.deepEqual([heard, code], ['ahoy', 0]);
});
