import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { WebSocket } from 'ws';
import type { EotError, Message } from '../../src/client/eot-client.js';
import { Zephclient } from '../../src/client/zephclient.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';
import { ScriptedServer } from './scripted-server.js';

// As in a browser; this file is a process of its own.
Object.assign(globalThis, { WebSocket });

const SAYING = settingsText({
  classes: 'class Say extends Task { main(request) { request.say(request.data); } }',
  change: 'tasks: { ...base.tasks, Say }',
});

type Wants = ConstructorParameters<typeof Zephclient>;

function zeph(t: TestContext, ...wants: Wants): Zephclient {
  const client = new Zephclient(...wants);
  t.after(() => client.close());
  return client;
}

const addressOf = ({ url }: TestServer) => `${url.replace('http', 'ws')}/ws`;

const hears = (client: Zephclient, task: string): Promise<Message> =>
  new Promise((resolve) => client.subscribe(task, resolve));

test('the hello has no ref, and what was sent before it was open follows in order', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = zeph(t, 's3ss', server.url, 'engine');
  client.send('First', { a: 1 });
  client.send('Second');
  const visitor = await server.visitor();
  assert.deepEqual(await visitor.next(), { session_id: 's3ss', room: 'engine' });
  assert.deepEqual(await visitor.next(), { task: 'First', data: { a: 1 } });
  assert.deepEqual(await visitor.next(), { task: 'Second' });
});

test('more than may wait is refused, not lost unheard', async (t) => {
  const client = zeph(t, null, (await ScriptedServer.open(t)).url, 'engine');
  for (let sent = 0; sent < 100; sent += 1) client.send('Early');
  assert.throws(() => client.send('Late'), { name: 'EotError', code: 'busy' });
});

test('TaskPing is called every 45 s while the connection is there', async (t) => {
  const every = t.mock.method(globalThis, 'setInterval');
  const stopped = t.mock.method(globalThis, 'clearInterval');
  const server = await ScriptedServer.open(t);
  zeph(t, null, server.url, 'engine');
  const visitor = await server.visitor();
  await visitor.next();
  const [ping] = every.mock.calls.filter(({ arguments: [, ms] }) => ms === 45_000);
  ping?.arguments[0]();
  assert.deepEqual(await visitor.next(), { task: 'TaskPing', data: {} });
  visitor.socket.terminate();
  await server.visitor();
  assert.ok(stopped.mock.calls.some(({ arguments: [timer] }) => timer === ping?.result));
});

test('every subscriber hears {task, data}, and who has unsubscribed does not', async (t) => {
  const server = await startServer(t, { settings: SAYING });
  const client = zeph(t, null, addressOf(server), 'lobby');
  const heard: Message[] = [];
  const gone = () => assert.fail('unsubscribed, and yet it hears');
  client.subscribe('Say', gone);
  client.subscribe('Say', (message) => heard.push(message));
  client.unsubscribe('Say', gone);
  client.unsubscribe('Never', gone);
  const second = hears(client, 'Say');
  client.send('Say', 'ahoy');
  assert.deepEqual(await second, { task: 'Say', data: 'ahoy' });
  assert.deepEqual(heard, [{ task: 'Say', data: 'ahoy' }]);
});

test('a message callback hears every raw event, and the subscribers nothing', async (t) => {
  const server = await startServer(t, { settings: SAYING });
  const kinds: string[] = [];
  const said = new Promise<void>((resolve) => {
    const client = zeph(t, null, addressOf(server), 'lobby', (event) => {
      const { msgtype, task } = JSON.parse(event.data);
      kinds.push(`${event.type} ${msgtype ?? task}`);
      if (task) resolve();
    });
    client.subscribe('Say', () => assert.fail('the callback replaces the dispatcher'));
    client.send('Nope');
    client.send('Say', 'ahoy');
  });
  await said;
  assert.deepEqual(kinds.filter((kind) => !kind.endsWith('user_list')).sort(), [
    'message Say',
    'message error',
  ]);
});

test('after a restart of the server it is back in its room, and hears', async (t) => {
  const server = await startServer(t, { settings: SAYING });
  t.mock.method(Math, 'random', () => 0.1);
  const client = zeph(t, null, addressOf(server), 'lobby');
  const first = hears(client, 'Say');
  client.send('Say', 1);
  await first;
  assert.equal(await server.end('SIGTERM'), 0);
  const again = hears(client, 'Say');
  const second = await startServer(t, { settings: SAYING, folder: server.folder, port: server.port });
  // Whoever comes after a call that was answered finds it there.
  client.send('TaskEcho', 'in');
  await hears(client, 'TaskEcho');
  const other = await Visitor.in(t, second, 'lobby');
  other.send({ task: 'Say', data: 2 });
  assert.deepEqual(await again, { task: 'Say', data: 2 });
});

test('a server that had trouble with the hello is asked again', async (t) => {
  t.mock.method(Math, 'random', () => 0);
  const told = t.mock.method(console, 'error', () => {});
  const server = await ScriptedServer.open(t);
  zeph(t, null, server.url, 'engine');
  const visitor = await server.visitor();
  await visitor.next();
  visitor.say({ msgtype: 'error', error: { code: 'internal', message: 'm', task: 'Other' } });
  assert.equal(await visitor.unread(), 0);
  visitor.say({ msgtype: 'error', error: { code: 'internal', message: 'try again' } });
  assert.equal((await (await server.visitor()).next()).room, 'engine');
  assert.deepEqual(
    told.mock.calls.map(({ arguments: [error] }) => (error as EotError).message),
    ['m', 'try again'],
  );
});

test('who is not wanted does not come back, and the console says why', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = zeph(t, null, server.url, 'engine');
  const told = new Promise<EotError>((resolve) => t.mock.method(console, 'error', resolve));
  (await server.visitor()).socket.close(1008, 'not you');
  assert.match((await told).message, /for good: 1008 not you/);
  assert.throws(() => client.send('Say', 1), { code: 'closed' });
});
