import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EotError, Message } from '../../src/client/eot-client.js';
import { ScriptedServer } from './scripted-server.js';

test('every subscriber of a task hears its messages, whole, and no others', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  const heard: [string, Message][] = [];
  client.subscribe('News', (message) => heard.push(['one', message]));
  client.subscribe('News', (message) => heard.push(['two', message]));
  client.subscribe('Other', () => assert.fail('not for Other'));
  const done = new Promise((resolve) => client.subscribe('Done', resolve));
  visitor.say({ task: 'News', data: { a: 1 }, room: 'lobby', offset: 42 });
  visitor.say({ task: 'constructor', data: 1 });
  visitor.say({ task: 'Done', data: null });
  assert.deepEqual(await done, { task: 'Done', data: null });
  const message = { task: 'News', data: { a: 1 }, room: 'lobby', offset: 42 };
  assert.deepEqual(heard, [
    ['one', message],
    ['two', message],
  ]);
});

test('who has unsubscribed hears no more, the others do', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  const heard: string[] = [];
  const one = () => heard.push('one');
  client.subscribe('News', one);
  const stopTwo = client.subscribe('News', () => heard.push('two'));
  client.subscribe('News', () => heard.push('three'));
  client.unsubscribe('News', one);
  client.unsubscribe('Never', one);
  stopTwo();
  const done = new Promise((resolve) => client.subscribe('Done', resolve));
  visitor.say({ task: 'News', data: 1 });
  visitor.say({ task: 'Done', data: 1 });
  await done;
  assert.deepEqual(heard, ['three']);
});

test('a subscriber that throws does not stop the others, and its error is not swallowed', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  // Where it surfaces; the test runner would take it for its own.
  const thrown = t.mock.method(globalThis, 'queueMicrotask', () => {});
  client.subscribe('News', () => {
    throw new Error('my own mistake');
  });
  const heard = new Promise((resolve) => client.subscribe('News', resolve));
  visitor.say({ task: 'News', data: 1 });
  await heard;
  assert.throws(() => thrown.mock.calls[0]?.arguments[0]?.(), { message: 'my own mistake' });
});

test('an error that answers no call is an error event with code, message and task', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  const told = new Promise<EotError>((resolve) => client.on('error', resolve));
  visitor.say({ msgtype: 'error', error: { code: 'unknown-task', message: 'no Nope', task: 'Nope' } });
  const error = await told;
  assert.deepEqual([error.code, error.message, error.task], ['unknown-task', 'no Nope', 'Nope']);
});

test('while nobody listens to errors the console tells them', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  const told = new Promise<EotError>((resolve) => t.mock.method(console, 'error', resolve));
  visitor.say({ msgtype: 'error', error: { code: 'internal', message: 'm', task: 'T' } });
  assert.equal((await told).code, 'internal');
  assert.equal(client.state, 'open');
});

test('frames that are no objects in JSON are error events, and the connection stays', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  const codes: string[] = [];
  client.on('error', ({ code }) => codes.push(code));
  const done = new Promise((resolve) => client.subscribe('Done', resolve));
  for (const frame of ['{', '[]', 'null', '7', '']) visitor.say(frame);
  visitor.socket.send(Buffer.from('{"task":"Done"}'), { binary: true });
  // What a later server may say is no mistake.
  visitor.say({ msgtype: 'user_list', data: [] });
  visitor.say({ ref: 'unheard-of', data: 1 });
  visitor.say({ task: 'Done' });
  assert.deepEqual(await done, { task: 'Done', data: null });
  assert.deepEqual(codes, Array(6).fill('bad-frame'));
});
