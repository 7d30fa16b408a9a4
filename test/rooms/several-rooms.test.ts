import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { original } from '../helpers/known.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const settings = settingsText({
  classes: 'class Say extends Task { main(request) { request.say(request.data); } }',
  change: 'tasks: { ...base.tasks, Say }',
});

const start = (t: TestContext): Promise<TestServer> => startServer(t, { settings });

const subscribe = (visitor: Visitor, room: string) => visitor.ask({ task: 'TaskSubscribe', data: { room } });

test('what is said in a room carries the room and its offset, counted from 1', async (t) => {
  const server = await start(t);
  const visitor = await Visitor.in(t, server, 'lobby');
  for (const offset of [1, 2, 3]) {
    visitor.send({ task: 'Say', data: `no. ${offset}` });
    assert.equal(
      await visitor.next(),
      `{"task":"Say","data":"no. ${offset}","room":"lobby","offset":${offset}}`,
    );
  }
});

test('an original connection hears the same without room and offset', async (t) => {
  const server = await start(t);
  const old = await original(t, server, 'lobby');
  await old.next();
  const visitor = await Visitor.in(t, server, 'lobby');
  await old.next();
  visitor.send({ task: 'Say', data: { a: [1] } });
  assert.equal(await old.next(), '{"task":"Say","data":{"a":[1]}}');
});

test('who subscribes hears the room from then on, and is told the offset of its latest message', async (t) => {
  const server = await start(t);
  const speaker = await Visitor.in(t, server, 'news');
  await speaker.ask({ task: 'Say', data: 'before' });
  const visitor = await Visitor.in(t, server, 'lobby');
  const { data } = await subscribe(visitor, 'news');
  assert.deepEqual(data, { room: 'news', offset: 1 });
  speaker.send({ task: 'Say', data: 'after' });
  assert.equal(await visitor.next(), '{"task":"Say","data":"after","room":"news","offset":2}');
});

test('who subscribes twice hears everything once', async (t) => {
  const server = await start(t);
  const visitor = await Visitor.in(t, server, 'lobby');
  await subscribe(visitor, 'news');
  assert.deepEqual((await subscribe(visitor, 'news')).data, { room: 'news', offset: 0 });
  visitor.send({ task: 'Say', room: 'news', data: 'x' });
  assert.equal(await visitor.next(), '{"task":"Say","data":"x","room":"news","offset":1}');
  visitor.send({ task: 'TaskEcho', data: 'y' });
  assert.equal(await visitor.next(), '{"task":"TaskEcho","data":"y"}');
});

test('who unsubscribes hears nothing more of the room, and may come back', async (t) => {
  const server = await start(t);
  const [visitor, other] = [await Visitor.in(t, server, 'lobby'), await Visitor.in(t, server, 'news')];
  await subscribe(visitor, 'news');
  const { data } = await visitor.ask({ task: 'TaskUnsubscribe', data: { room: 'news' } });
  assert.deepEqual(data, { room: 'news' });
  await other.ask({ task: 'Say', data: 'missed' });
  assert.deepEqual((await subscribe(visitor, 'news')).data, { room: 'news', offset: 1 });
  other.send({ task: 'Say', data: 'heard' });
  assert.equal(await visitor.next(), '{"task":"Say","data":"heard","room":"news","offset":2}');
});

test('the room of the hello may be left, too', async (t) => {
  const server = await start(t);
  const [visitor, other] = [await Visitor.in(t, server, 'lobby'), await Visitor.in(t, server, 'lobby')];
  await visitor.ask({ task: 'TaskUnsubscribe', data: { room: 'lobby' } });
  await other.ask({ task: 'Say', data: 'missed' });
  const { error } = await visitor.ask({ task: 'Say', room: 'lobby', data: 'x' });
  assert.deepEqual(error, { code: 'not-joined', message: 'you are not in the room that the call names' });
});

test('a call may be about any room that one is in, and about no other', async (t) => {
  const server = await start(t);
  const visitor = await Visitor.in(t, server, 'lobby');
  for (const room of ['elsewhere', '', 7, null, ['lobby']]) {
    const { error } = await visitor.ask({ task: 'TaskEcho', room });
    assert.deepEqual(error, { code: 'not-joined', message: 'you are not in the room that the call names' });
  }
  await subscribe(visitor, 'elsewhere');
  assert.equal((await visitor.ask({ task: 'TaskEcho', room: 'elsewhere', data: 1 })).data, 1);
});

test('the room in a call of an original connection is only data', async (t) => {
  const server = await start(t);
  const old = await original(t, server, 'lobby');
  await old.next();
  old.send({ task: 'Say', room: 'elsewhere', data: 'here' });
  assert.equal(await old.next(), '{"task":"Say","data":"here"}');
});

test('an original connection is in one room only', async (t) => {
  const server = await start(t);
  const old = await original(t, server, 'lobby');
  await old.next();
  for (const task of ['TaskSubscribe', 'TaskUnsubscribe']) {
    const { error } = await old.ask({ task, data: { room: 'lobby' } });
    assert.equal((error as { code: string }).code, 'refused');
  }
});

test('a connection is in 128 rooms at most', async (t) => {
  const server = await start(t);
  const visitor = await Visitor.in(t, server, 'room 1');
  for (let n = 2; n <= 128; n++) assert.ok((await subscribe(visitor, `room ${n}`)).data);
  const refused = { code: 'refused', message: 'a connection is in 128 rooms at most' };
  assert.deepEqual((await subscribe(visitor, 'room 129')).error, refused);
  assert.deepEqual(
    (await subscribe(visitor, 'room 128')).data,
    { room: 'room 128', offset: 0 },
    'it is in there',
  );
  await visitor.ask({ task: 'TaskUnsubscribe', data: { room: 'room 5' } });
  assert.ok((await subscribe(visitor, 'room 129')).data, 'who leaves one may enter another');
});

test('the name of a room has 1 to 1,024 characters', async (t) => {
  const server = await start(t);
  const visitor = await Visitor.in(t, server, 'lobby');
  for (const data of [null, {}, { room: '' }, { room: 7 }, { room: 'x'.repeat(1_025) }, ['lobby'], 'lobby']) {
    const { error } = await visitor.ask({ task: 'TaskSubscribe', data });
    assert.deepEqual(error, { code: 'bad-data', message: 'room: must be a name of 1 to 1024 characters' });
  }
  for (const room of ['x'.repeat(1_024), '__proto__', 'constructor', '\0', '🚢'])
    assert.deepEqual((await subscribe(visitor, room)).data, { room, offset: 0 });
});
