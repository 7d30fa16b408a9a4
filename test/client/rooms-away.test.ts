import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Message } from '../../src/client/eot-client.js';
import { becomes, ScriptedServer } from './scripted-server.js';

test('a join made while the connection is away is asked before all calls, however many wait', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair({ queueLimit: 1 });
  visitor.socket.terminate();
  await becomes(client, 'waiting');
  client.send('TaskSay', 'on deck', { room: 'deck' });
  const heard = new Promise<Message>((resolve) => {
    client.join('deck', resolve).catch(assert.fail);
  });
  const joined = client.join('hold');
  const again = await server.visitor();
  await again.welcome();
  const calls = [await again.next(), await again.next()];
  assert.deepEqual(
    calls.map(({ task, data }) => [task, data]),
    [
      ['TaskSubscribe', { room: 'deck' }],
      ['TaskSubscribe', { room: 'hold' }],
    ],
  );
  assert.equal(await again.unread(), 0);
  for (const call of calls) again.answer(call, { room: 'r', offset: 3 });
  assert.deepEqual(await joined, { room: 'r', offset: 3 });
  assert.equal((await again.next()).task, 'TaskSay');
  again.say({ task: 'News', data: 9, room: 'deck', offset: 4 });
  assert.equal((await heard).data, 9);
});

test('a join made while the connection is away outlives the deadline of calls, and losses', async (t) => {
  const server = await ScriptedServer.open(t);
  server.hang(3);
  const client = server.client({ deadline: 50 });
  client.on('error', (error) => assert.fail(error));
  const joined = client.join('deck');
  const late = client.ask('TaskEcho');
  await assert.rejects(late, { code: 'deadline' });
  const first = await server.visitor();
  await first.welcome();
  await first.next();
  first.socket.terminate();
  const second = await server.visitor();
  await second.welcome();
  second.answer(await second.next(), { room: 'deck', offset: 1 });
  assert.deepEqual(await joined, { room: 'deck', offset: 1 });
});

test('who joins on joining, while others are still asked for, is not forgotten', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client();
  const third = client.join('one').then(() => client.join('two').then(() => client.join('one')));
  const visitor = await server.visitor();
  await visitor.welcome();
  for (const room of ['one', 'two', 'one']) {
    const call = await visitor.next();
    assert.deepEqual(call.data, { room });
    visitor.answer(call, { room, offset: 0 });
  }
  assert.deepEqual(await third, { room: 'one', offset: 0 });
});

test('who leaves before the connection is back is not asked for, and its join says so', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  visitor.socket.terminate();
  await becomes(client, 'waiting');
  const left = assert.rejects(client.join('deck'), { name: 'EotError', code: 'left' });
  await client.leave('deck');
  await client.leave('lobby');
  await left;
  const again = await server.visitor();
  await again.welcome();
  const call = await again.next();
  assert.deepEqual([call.task, call.data], ['TaskUnsubscribe', { room: 'lobby' }]);
  again.answer(call, { room: 'lobby' });
  await becomes(client, 'open');
  assert.equal(await again.unread(), 0);
});

test('a join that waits ends with the client, and one that comes after it', async (t) => {
  const client = (await ScriptedServer.open(t)).client();
  const waiting = assert.rejects(client.join('deck'), { code: 'closed' });
  client.close();
  await waiting;
  await assert.rejects(client.join('hold'), { code: 'closed' });
});
