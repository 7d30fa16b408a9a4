import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownSettings, modern, original, session } from '../helpers/known.js';
import { startServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';

const settings = knownSettings({
  classes: 'class Room extends Task { main({ room, cid, user }) { return { room, cid, user }; } }',
  change: 'tasks: { ...base.tasks, Room }',
});

test('a modern hello is answered with the cid, the user and the room', async (t) => {
  const server = await startServer(t, { settings });
  const visitor = await Visitor.to(t, server, '/ws', session('1-ann'));
  visitor.send({ room: 'lobby', ref: 'a' });
  const answer = await visitor.next();
  const { data } = await visitor.ask({ task: 'Room' });
  const { cid } = data as { cid: string };
  assert.match(cid, /^[0-9a-f]{32}$/);
  assert.equal(answer, `{"ref":"a","data":{"cid":"${cid}","user":{"id":1,"username":"ann"},"room":"lobby"}}`);
});

test('an anonymous visitor is told that they are nobody', async (t) => {
  const server = await startServer(t, { settings });
  const visitor = await Visitor.to(t, server);
  const { data } = await visitor.ask({ room: 'lobby', ref: 0 });
  assert.equal((data as { user: null }).user, null);
});

test('an original hello is not acknowledged', async (t) => {
  const server = await startServer(t, { settings });
  const visitor = await original(t, server, 'lobby');
  visitor.send({ task: 'TaskEcho', data: 1 });
  assert.equal(await visitor.next(), '{"msgtype":"user_list","data":[]}');
  assert.equal(await visitor.next(), '{"task":"TaskEcho","data":1}');
});

test('calls that come with the hello are answered after it, in order', async (t) => {
  const server = await startServer(t, { settings });
  const visitor = await Visitor.to(t, server);
  visitor.send({ room: 'lobby', ref: 'hello' });
  for (let ref = 0; ref < 100; ref++) visitor.send({ task: 'TaskEcho', data: ref, ref });
  assert.equal((await visitor.nextJson()).ref, 'hello');
  for (let ref = 0; ref < 100; ref++) assert.equal((await visitor.nextJson()).ref, ref);
});

test('a second hello is told an error and changes nothing', async (t) => {
  const server = await startServer(t, { settings });
  const error = { code: 'bad-frame', message: 'there is one hello for each connection' };

  const visitor = await modern(t, server, 'lobby', '1-ann');
  const { data: before } = await visitor.ask({ task: 'Room' });
  assert.deepEqual(await visitor.ask({ room: 'attic', session_id: '2-bob', ref: 2 }), { ref: 2, error });
  visitor.send({ room: 'attic' });
  assert.deepEqual(await visitor.nextJson(), { msgtype: 'error', error });
  assert.deepEqual((await visitor.ask({ task: 'Room' })).data, before);

  const old = await original(t, server, 'cellar');
  await old.next();
  old.send({ room: 'attic' });
  assert.deepEqual(await old.nextJson(), { msgtype: 'error', error });
  const { error: still } = await old.ask({ room: 'attic' });
  assert.deepEqual(still, error);
  assert.equal(((await old.ask({ task: 'Room' })).data as { room: string }).room, 'cellar');
  old.send({ task: 'TaskSubscribe', data: { room: 'attic' }, ref: 3 });
  assert.deepEqual((await old.nextJson()).error, {
    code: 'refused',
    message: 'a connection whose hello has no ref is in one room only',
  });
});

test('a hello that names no room is told so, and a better one is taken', async (t) => {
  const server = await startServer(t, { settings });
  const visitor = await Visitor.to(t, server);
  const error = { code: 'bad-frame', message: 'the hello names a room of 1 to 1024 characters' };
  for (const room of [undefined, '', null, 7, ['lobby'], 'x'.repeat(1_025)]) {
    const hello = room === undefined ? {} : { room };
    assert.deepEqual(await visitor.ask({ ...hello, ref: 'a' }), { ref: 'a', error });
    visitor.send(hello);
    assert.deepEqual(await visitor.nextJson(), { msgtype: 'error', error });
  }
  const room = 'x'.repeat(1_024);
  assert.equal(((await visitor.ask({ room })).data as { room: string }).room, room);
});

test('a call before the hello is told so, and the connection lives', async (t) => {
  const server = await startServer(t, { settings });
  const visitor = await Visitor.to(t, server);
  const error = { code: 'not-joined', message: 'say hello first: a frame with a room and without a task' };
  assert.deepEqual(await visitor.ask({ task: 'TaskEcho', data: 1, ref: 1 }), {
    ref: 1,
    task: 'TaskEcho',
    error,
  });
  visitor.send({ task: 'TaskEcho', data: 1 });
  assert.deepEqual(await visitor.nextJson(), { msgtype: 'error', error: { ...error, task: 'TaskEcho' } });
  await visitor.ask({ room: 'lobby' });
  assert.equal((await visitor.ask({ task: 'TaskEcho', data: 1 })).data, 1);
});
