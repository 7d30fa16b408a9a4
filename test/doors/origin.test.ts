import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { test } from 'node:test';
import { startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { RawSocket } from './raw-socket.js';

const PATHS = ['/ws', '/websocket'];

async function statuses(t: TestContext, server: TestServer, origin?: string, path = ''): Promise<number[]> {
  const headers = origin === undefined ? [] : [`Origin: ${origin}`];
  const answers = PATHS.map(async (at) => (await RawSocket.ask(t, server, at + path, headers)).status());
  return Promise.all(answers);
}

const LET_IN = [101, 101];
const REFUSED = [403, 403];

test('a page of another origin is refused with 403 at the upgrade', async (t) => {
  const server = await startServer(t);
  const { port } = server;
  const others = [
    'https://www.example.org',
    `http://localhost:${port}`,
    `http://127.0.0.1:${port + 1}`,
    'http://127.0.0.1',
    `http://127.0.0.1.example.org:${port}`,
    `http://127.0.0.1:${port}.example.org`,
    `http://example.org/?http://127.0.0.1:${port}`,
    'null',
    'file://',
    'nonsense',
    '',
  ];
  for (const origin of others) assert.deepEqual(await statuses(t, server, origin), REFUSED, origin);
});

test('the pages of the server itself are let in, and so is who has no origin', async (t) => {
  const server = await startServer(t);
  assert.deepEqual(await statuses(t, server, server.url), LET_IN);
  assert.deepEqual(await statuses(t, server), LET_IN);
  assert.deepEqual(await statuses(t, server, server.url, '?a=b'), LET_IN);
});

test('pages of origins that the settings list are let in, and no others', async (t) => {
  const settings = settingsText({
    change: "origins: ['https://www.example.org', 'http://localhost:8080', 'null']",
  });
  const server = await startServer(t, { settings });
  for (const origin of ['https://www.example.org', 'http://localhost:8080', 'null', server.url])
    assert.deepEqual(await statuses(t, server, origin), LET_IN, origin);
  for (const origin of [
    'http://www.example.org',
    'https://example.org',
    'https://www.example.org:444',
    'http://localhost',
  ])
    assert.deepEqual(await statuses(t, server, origin), REFUSED, origin);
});

test('a star lets every page in', async (t) => {
  const server = await startServer(t, { settings: settingsText({ change: "origins: ['*']" }) });
  for (const origin of ['https://www.example.org', 'null', 'nonsense'])
    assert.deepEqual(await statuses(t, server, origin), LET_IN, origin);
});
