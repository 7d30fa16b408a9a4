import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Json } from '../../src/wire/json.js';
import { session } from '../helpers/known.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';
import { operatedSettings, STRANGERS } from './operated.js';

type Told = Record<string, Json>;

/** What is heard of a service in the room, until it has come to a state. */
async function heardUntil(listener: Visitor, name: string, state: string): Promise<Told[]> {
  const heard: Told[] = [];
  for (;;) {
    const { task, data } = await listener.nextJson();
    if (task !== 'ServiceState' || (data as Told).name !== name) continue;
    heard.push(data as Told);
    if ((data as Told).state === state) return heard;
  }
}

/** How both ways into the room are answered. */
async function refusals(
  t: TestContext,
  server: TestServer,
  headers: Record<string, string>,
): Promise<Told[]> {
  const visitor = await Visitor.to(t, server, '/ws', headers);
  const hello = await visitor.ask({ room: 'services', ref: 1 });
  await visitor.ask({ room: 'lobby', ref: 2 });
  const subscribed = await visitor.ask({ task: 'TaskSubscribe', data: { room: 'services' }, ref: 3 });
  return [hello, subscribed].map(({ error }) => error as Told);
}

test('a death and the resurrection are said as they happen, with the reason', async (t) => {
  const server = await startServer(t, { settings: operatedSettings() });
  const listener = await Visitor.in(t, server, 'services');
  listener.send({ task: 'Kill', data: 'the spring broke' });
  const heard = await heardUntil(listener, 'Clock', 'enabled');
  assert.deepEqual(
    heard.map(({ state, deaths, reason }) => [state, deaths, reason]),
    ['dead', 'starting', 'enabled'].map((state) => [state, 1, 'the spring broke']),
  );
  for (const { since } of heard) assert.match(String(since), /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
});

test('what a command does to a service is said, and when it is given up', async (t) => {
  const settings = operatedSettings('restart: { intensity: 0 }');
  const server = await startServer(t, { settings });
  const listener = await Visitor.in(t, server, 'lobby');
  await listener.ask({ task: 'TaskSubscribe', data: { room: 'services' } });
  assert.equal((await server.command(['restart', 'Clock'])).code, 0);
  const states = (await heardUntil(listener, 'Clock', 'enabled')).map(({ state }) => state);
  assert.deepEqual(states, ['stopping', 'available', 'starting', 'enabled']);
  listener.send({ task: 'Kill', data: 'worn out' });
  const [parked] = await heardUntil(listener, 'Clock', 'parked');
  assert.equal(parked?.reason, 'worn out');
});

test('who joins without the right is refused, by hello and by TaskSubscribe, and may go elsewhere', async (t) => {
  const server = await startServer(t, { settings: operatedSettings("origins: ['*']") });
  const error = { code: 'refused', message: 'the room services is not for anonymous visitors' };
  for (const [who, headers] of Object.entries(STRANGERS))
    assert.deepEqual(await refusals(t, server, headers), [error, error], who);
  const original = await Visitor.to(t, server, '/ws', { host: 'evil.example' });
  original.send({ room: 'services' });
  assert.deepEqual(await original.nextJson(), { msgtype: 'error', error });
});

test('the setting says who has the right', async (t) => {
  const ann = session('1-ann');
  const rights: [string, Record<string, string>, boolean][] = [
    ["'nobody'", ann, false],
    ["'users'", ann, true],
    ["'users'", {}, false],
    ["'users'", { ...ann, origin: 'https://friend.example' }, false],
    ["(user, peer) => user?.id === 1 && peer.address === '127.0.0.1'", ann, true],
    ["(user, peer) => user?.id === 1 && peer.address === '127.0.0.1'", session('2-bob'), false],
    ['async () => true', ann, false],
  ];
  for (const [setting, headers, may] of rights) {
    const settings = operatedSettings(`console: ${setting}, origins: ['https://friend.example']`);
    const server = await startServer(t, { settings });
    const codes = (await refusals(t, server, headers)).map((error) => error?.code);
    assert.deepEqual(codes, may ? [undefined, undefined] : ['refused', 'refused'], setting);
    await server.end('SIGTERM');
  }
});
