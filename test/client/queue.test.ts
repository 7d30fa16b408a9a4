import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { becomes, ScriptedServer } from './scripted-server.js';

test('calls wait for the answer to the hello and are then sent in order', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client();
  // Whoever hears `open` speaks after those who spoke before.
  client.on('state', (state) => state === 'open' && client.send('Fourth'));
  client.send('First', 1);
  client.ask('Second', 2).catch(() => {});
  const visitor = await server.visitor();
  const hello = await visitor.next();
  client.send('Third');
  visitor.answer(hello, { cid: 'c', user: null });
  const tasks = [];
  for (let i = 0; i < 4; i += 1) tasks.push((await visitor.next()).task);
  assert.deepEqual(tasks, ['First', 'Second', 'Third', 'Fourth']);
});

test('a send has no ref', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  client.send('TaskSay', { text: 'ahoy' });
  client.send('TaskBare', undefined, { room: 'lobby' });
  assert.deepEqual(await visitor.next(), { task: 'TaskSay', data: { text: 'ahoy' } });
  assert.deepEqual(await visitor.next(), { task: 'TaskBare', room: 'lobby' });
});

test('over the limit a send throws and an ask rejects with busy, and what waits is kept', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client({ queueLimit: 2 });
  client.send('First');
  client.send('Second');
  assert.throws(() => client.send('Third'), { name: 'EotError', code: 'busy' });
  await assert.rejects(client.ask('Third'), { code: 'busy' });
  const visitor = await server.visitor();
  await visitor.welcome();
  assert.equal((await visitor.next()).task, 'First');
  assert.equal((await visitor.next()).task, 'Second');
  client.send('Fourth');
  assert.equal((await visitor.next()).task, 'Fourth');
});

test('what is sent while the connection is away is sent when it is back', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  visitor.socket.terminate();
  await becomes(client, 'waiting');
  client.send('TaskSay', 'later');
  const again = await server.visitor();
  await again.welcome();
  assert.equal((await again.next()).data, 'later');
});

test('what was sent is not sent again on the next connection', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client();
  client.send('Once');
  const visitor = await server.visitor();
  await visitor.welcome();
  await visitor.next();
  visitor.socket.terminate();
  const again = await server.visitor();
  await Promise.all([again.welcome(), becomes(client, 'open')]);
  assert.equal(await again.unread(), 0);
});

test('what is sent into a socket that is about to close waits for the next one', async (t) => {
  const server = await ScriptedServer.open(t);
  const sockets: WebSocket[] = [];
  class Held extends WebSocket {
    constructor(url: string) {
      super(url);
      sockets.push(this);
    }
  }
  const { client } = await server.pair({ WebSocket: Held });
  sockets[0]?.close();
  assert.equal(client.state, 'open');
  client.send('TaskSay', 'not into the void');
  const again = await server.visitor();
  await again.welcome();
  assert.equal((await again.next()).data, 'not into the void');
});
