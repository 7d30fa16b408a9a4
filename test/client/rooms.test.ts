import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EotError, Message } from '../../src/client/eot-client.js';
import { becomes, ScriptedServer, type Visitor } from './scripted-server.js';

/** Lets the client into the next room that it asks for. */
async function admit(visitor: Visitor): Promise<void> {
  const call = await visitor.next();
  assert.equal(call.task, 'TaskSubscribe');
  visitor.answer(call, { ...(call.data as { room: string }), offset: 3 });
}

test('join asks for the room and resolves with its answer', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  const [answer] = await Promise.all([client.join('deck'), admit(visitor)]);
  assert.deepEqual(answer, { room: 'deck', offset: 3 });
});

test('a room has its own listeners, besides those of the task', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  const heard: string[] = [];
  client.subscribe('News', ({ data }) => heard.push(`task ${data}`));
  await Promise.all([
    client.join('deck', ({ task, data }) => heard.push(`deck ${task} ${data}`)),
    admit(visitor),
  ]);
  const done = new Promise((resolve) => client.subscribe('Done', resolve));
  visitor.say({ task: 'News', data: 1, room: 'deck', offset: 4 });
  visitor.say({ task: 'News', data: 2, room: 'lobby', offset: 1 });
  visitor.say({ task: 'Bell', data: 3, room: 'deck', offset: 5 });
  visitor.say({ task: 'News', data: 4 });
  visitor.say({ msgtype: 'of another time', room: 'deck' });
  visitor.say({ task: 'Done', data: null });
  await done;
  assert.deepEqual(heard, ['task 1', 'deck News 1', 'task 2', 'deck Bell 3', 'task 4']);
});

test('who is refused at the door of a room does not hear it, and is not sent there again', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  const joined = client.join('bridge', () => assert.fail('refused, and yet it hears'));
  visitor.fail(await visitor.next(), 'refused');
  await assert.rejects(joined, { code: 'refused' });
  const done = new Promise((resolve) => client.subscribe('Done', resolve));
  visitor.say({ task: 'News', data: 1, room: 'bridge' });
  visitor.say({ task: 'Done', data: null });
  await done;
  visitor.socket.terminate();
  const again = await server.visitor();
  await again.welcome();
  client.send('TaskNext');
  assert.equal((await again.next()).task, 'TaskNext');
});

test('a room that is wanted before the connection is there is asked for once, and refused once', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client();
  client.on('error', (error) => assert.fail(error));
  const joined = client.join('bridge');
  const visitor = await server.visitor();
  await visitor.welcome();
  visitor.fail(await visitor.next(), 'refused');
  await assert.rejects(joined, { code: 'refused' });
  assert.equal(await visitor.unread(), 0);
});

test('after a loss the client is in all its rooms again before it is open and calls go out', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  const heard = new Promise<Message>((resolve) => void client.join('deck', resolve));
  await admit(visitor);
  await Promise.all([client.join('hold'), admit(visitor)]);
  visitor.socket.terminate();
  await becomes(client, 'waiting');
  client.send('TaskSay', 'on deck', { room: 'deck' });
  const again = await server.visitor();
  const hello = await again.welcome();
  assert.equal(hello.room, 'lobby');
  const calls = [await again.next(), await again.next()];
  assert.deepEqual(
    calls.map(({ task, data }) => [task, data]),
    [
      ['TaskSubscribe', { room: 'deck' }],
      ['TaskSubscribe', { room: 'hold' }],
    ],
  );
  assert.equal(client.state, 'connecting');
  for (const call of calls) again.answer(call, { room: 'r', offset: 0 });
  assert.equal((await again.next()).task, 'TaskSay');
  again.say({ task: 'News', data: 9, room: 'deck', offset: 4 });
  assert.equal((await heard).data, 9);
});

test('many rooms are rejoined a few at a time', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  for (let i = 0; i < 20; i += 1) await Promise.all([client.join(`room ${i}`), admit(visitor)]);
  visitor.socket.terminate();
  const again = await server.visitor();
  await again.welcome();
  const waiting = [];
  for (let i = 0; i < 8; i += 1) waiting.push(await again.next());
  assert.equal(await again.unread(), 0);
  for (let i = 8; i < 20; i += 1) {
    const call = waiting.shift();
    assert.ok(call);
    again.answer(call, null);
    waiting.push(await again.next());
  }
  const opened = becomes(client, 'open');
  for (const call of waiting) again.answer(call, null);
  await opened;
});

test('a room that has become forbidden is told as an error, and the rest goes on', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  await Promise.all([client.join('deck'), admit(visitor)]);
  await Promise.all([client.join('hold'), admit(visitor)]);
  const told = new Promise<EotError>((resolve) => client.on('error', resolve));
  visitor.socket.terminate();
  const again = await server.visitor();
  await again.welcome();
  const opened = becomes(client, 'open');
  again.fail(await again.next(), 'refused');
  again.answer(await again.next(), null);
  const error = await told;
  assert.equal(error.code, 'refused');
  assert.match(error.message, /deck/);
  await opened;
  again.socket.terminate();
  const third = await server.visitor();
  await third.welcome();
  assert.deepEqual((await third.next()).data, { room: 'hold' });
  assert.equal(await third.unread(), 0);
});

test('a room that cannot be rejoined for the moment is asked for again on another connection', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  const codes: string[] = [];
  client.on('error', ({ code }) => codes.push(code));
  await Promise.all([client.join('deck'), admit(visitor)]);
  visitor.socket.terminate();
  const second = await server.visitor();
  await second.welcome();
  second.fail(await second.next(), 'busy');
  const third = await server.visitor();
  await third.welcome();
  await Promise.all([becomes(client, 'open'), admit(third)]);
  assert.deepEqual(codes, ['busy']);
});

test('a connection lost while the rooms are rejoined is one loss more, not an end', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  client.on('error', (error) => assert.fail(error));
  await Promise.all([client.join('deck'), admit(visitor)]);
  visitor.socket.terminate();
  const second = await server.visitor();
  await second.welcome();
  await second.next();
  second.socket.terminate();
  const third = await server.visitor();
  await third.welcome();
  await Promise.all([becomes(client, 'open'), admit(third)]);
});

test('a join whose connection breaks is asked again on the next one', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  const joined = client.join('deck');
  await visitor.next();
  visitor.socket.terminate();
  const again = await server.visitor();
  await again.welcome();
  await admit(again);
  assert.deepEqual(await joined, { room: 'deck', offset: 3 });
});

test('a room that was left is not heard and not rejoined, not even that of the hello', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  await Promise.all([client.join('deck', () => assert.fail('left, and yet it hears')), admit(visitor)]);
  for (const room of ['deck', 'lobby']) {
    const left = client.leave(room);
    const call = await visitor.next();
    assert.deepEqual([call.task, call.data], ['TaskUnsubscribe', { room }]);
    visitor.answer(call, { room });
    await left;
  }
  visitor.say({ task: 'News', data: 1, room: 'deck' });
  visitor.socket.close(1001);
  const again = await server.visitor();
  await again.welcome();
  const call = await again.next();
  assert.deepEqual([call.task, call.data], ['TaskUnsubscribe', { room: 'lobby' }]);
  const opened = becomes(client, 'open');
  again.answer(call, { room: 'lobby' });
  await opened;
});

test('a leave whose connection breaks has left', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  await Promise.all([client.join('deck'), admit(visitor)]);
  const left = client.leave('deck');
  await visitor.next();
  visitor.socket.terminate();
  await left;
});
