import assert from 'node:assert/strict';
import { request } from 'node:http';
import { type TestContext, test } from 'node:test';
import type { Json } from '../../src/wire/json.js';
import { untilState } from '../helpers/control.js';
import { eventually } from '../helpers/eventually.js';
import { modern, session } from '../helpers/known.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';
import { operatedSettings, STRANGERS } from './operated.js';

type Listed = { total: number; items: { cid: string; user: string | null; rooms: string[] }[] };

const CALLS: Record<string, Json> = {
  TaskServices: null,
  TaskRestart: { name: 'Clock' },
  TaskRooms: {},
  TaskClients: {},
  TaskDisconnect: { cid: 'nobody' },
  TaskTrace: { cid: null },
};

async function clientsOf(operator: Visitor, data: Json = {}): Promise<Listed> {
  return (await operator.ask({ task: 'TaskClients', data })).data as unknown as Listed;
}

/** The status of an answer to a request with these headers. */
function statusOf(server: TestServer, path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) =>
    request(server.url + path, { headers }, (answer) => resolve(answer.resume().statusCode ?? 0))
      .on('error', reject)
      .end(),
  );
}

async function operatorOf(t: TestContext, server: TestServer): Promise<Visitor> {
  return Visitor.in(t, server, 'services');
}

test('neither the page nor a task is for who has no right', async (t) => {
  const server = await startServer(t, { settings: operatedSettings("origins: ['*']") });
  const paths = ['/console', '/console.js', '/console.css'];
  for (const path of paths) assert.equal(await statusOf(server, path, {}), 200, path);
  for (const [who, headers] of Object.entries(STRANGERS)) {
    for (const path of paths) assert.equal(await statusOf(server, path, headers), 403, `${path} for ${who}`);
    const visitor = await Visitor.in(t, server, 'lobby', headers);
    for (const [task, data] of Object.entries(CALLS)) {
      const { error } = await visitor.ask({ task, data });
      const message = `${task} is not for anonymous visitors`;
      assert.deepEqual(error, { code: 'refused', message }, `${task} for ${who}`);
    }
  }
});

test('with users, the page is for those who have logged in', async (t) => {
  const server = await startServer(t, { settings: operatedSettings("console: 'users'") });
  assert.equal(await statusOf(server, '/console', {}), 403);
  assert.equal(await statusOf(server, '/console', session('1-ann')), 200);
});

test('services are told, and one is restarted; one that is not there is refused', async (t) => {
  const server = await startServer(t, { settings: operatedSettings() });
  const operator = await operatorOf(t, server);
  const { data } = await operator.ask({ task: 'TaskServices' });
  const { pid, services } = data as unknown as { pid: number; services: { name: string; state: string }[] };
  assert.equal(pid, server.pid);
  assert.deepEqual(services.at(-1), { ...services.at(-1), name: 'Clock', state: 'enabled', deaths: 0 });

  assert.deepEqual((await operator.ask({ task: 'TaskRestart', data: { name: 'Clock' } })).data, {
    name: 'Clock',
  });
  await operator.until((frame) => JSON.stringify(frame).includes('"state":"enabled"'));
  const unknown = await operator.ask({ task: 'TaskRestart', data: { name: 'Nobody' } });
  assert.deepEqual(unknown.error, { code: 'bad-data', message: 'there is no service Nobody' });
});

test('the service that answers can be restarted by the call that it answers', async (t) => {
  const server = await startServer(t, { settings: operatedSettings() });
  const operator = await operatorOf(t, server);
  for (const name of ['Router', 'RoomHandler', 'Tracer', 'ServiceNews'])
    assert.deepEqual((await operator.ask({ task: 'TaskRestart', data: { name } })).data, { name });
  for (const name of ['WebSocketDoor', 'WebServer', 'Console']) {
    const visitor = await eventually(
      () => operatorOf(t, server).catch(() => undefined),
      'the server listens',
    );
    assert.deepEqual((await visitor.ask({ task: 'TaskRestart', data: { name } })).data, { name });
    await untilState(server.folder, name, 'enabled');
  }
});

test('clients are listed by page, by room and by what is looked for', async (t) => {
  const server = await startServer(t, { settings: operatedSettings() });
  const operator = await operatorOf(t, server);
  await modern(t, server, 'lobby', '1-ann');
  const crowd = await Promise.all(Array.from({ length: 60 }, () => Visitor.in(t, server, 'crowd')));

  const first = await clientsOf(operator);
  assert.deepEqual([first.total, first.items.length], [62, 50]);
  assert.deepEqual(first.items[1], {
    ...first.items[1],
    user: 'ann',
    rooms: ['lobby'],
    address: '127.0.0.1',
  });
  const second = await clientsOf(operator, { from: 50 });
  assert.equal(new Set([...first.items, ...second.items].map(({ cid }) => cid)).size, 62);
  assert.equal((await clientsOf(operator, { room: 'crowd' })).total, crowd.length);
  assert.deepEqual(
    (await clientsOf(operator, { find: 'ann' })).items.map(({ user }) => user),
    ['ann'],
  );
  const { data } = await operator.ask({ task: 'TaskRooms', data: {} });
  const { items } = data as unknown as { items: Json[] };
  assert.deepEqual(items.at(-1), { room: 'crowd', members: 60, offset: 0 });
  const { error } = await operator.ask({ task: 'TaskClients', data: { from: -1 } });
  assert.equal((error as { code: string }).code, 'bad-data');
});

test('who is disconnected is told not to come back', async (t) => {
  const server = await startServer(t, { settings: operatedSettings() });
  const operator = await operatorOf(t, server);
  const ann = await modern(t, server, 'lobby', '1-ann');
  const [found] = (await clientsOf(operator, { find: 'ann' })).items;
  const cid = found?.cid ?? '';
  assert.deepEqual((await operator.ask({ task: 'TaskDisconnect', data: { cid } })).data, { cid });
  assert.deepEqual(await ann.closed, { code: 4500, reason: 'an operator has disconnected you' });
  await eventually(async () => (await clientsOf(operator)).total === 1, 'ann has left');
  const again = await operator.ask({ task: 'TaskDisconnect', data: { cid } });
  assert.deepEqual(again.error, { code: 'bad-data', message: `there is no client ${cid}` });
});
