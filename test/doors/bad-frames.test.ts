import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const settings = settingsText({
  classes: `class Polluted extends Task { main({ frame }) { return [{}.polluted ?? null, frame.polluted ?? null]; } }`,
  change: 'tasks: { ...base.tasks, Polluted }',
});

const deep = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** What is wrong, the frame, and what the sender is told. */
const BAD: [string, string, RegExp][] = [
  ['nothing', '', /no JSON/],
  ['no JSON', 'hello', /no JSON/],
  ['half an object', '{"task":"TaskEcho"', /no JSON/],
  ['two objects', '{"task":"TaskEcho"}{"task":"TaskEcho"}', /no JSON/],
  ['null', 'null', /is a JSON object/],
  ['a number', '7', /is a JSON object/],
  ['a text', '"TaskEcho"', /is a JSON object/],
  ['a list', '[{"task":"TaskEcho"}]', /is a JSON object/],
  ['a nesting of 33', `{"task":"TaskEcho","data":${deep(32)}}`, /at most 32 deep/],
  ['a nesting of 10,000', deep(10_000), /at most 32 deep/],
  ['brackets that never close', '[{'.repeat(30_000), /at most 32 deep/],
  ['a task that is a number', '{"task":7}', /name of a task/],
  ['a task that is null', '{"task":null}', /name of a task/],
  ['a task that is an object', '{"task":{"toString":1}}', /name of a task/],
  ['the name of a task that is too long', `{"task":"${'x'.repeat(129)}"}`, /at most 128 characters/],
  ['a ref that is an object', '{"task":"TaskEcho","ref":{"a":1}}', /^ref is/],
  ['a ref that is too long', `{"task":"TaskEcho","ref":"${'x'.repeat(60_000)}"}`, /^ref is/],
];

for (const when of ['before', 'after']) {
  test(`a frame that is none is told ${when} the hello, and the connection lives`, async (t) => {
    const server = await startServer(t, { settings });
    const visitor = when === 'before' ? await Visitor.to(t, server) : await Visitor.in(t, server);
    for (const [what, frame, told] of BAD) {
      visitor.send(frame);
      const { msgtype, error } = await visitor.nextJson();
      const { code, message } = error as { code: string; message: string };
      assert.deepEqual([msgtype, code], ['error', 'bad-frame'], what);
      assert.match(message, told, what);
    }
    visitor.socket.send(Buffer.from('{"task":"TaskEcho"}'), { binary: true });
    const error = { code: 'bad-frame', message: 'frames are text, this one is binary' };
    assert.deepEqual(await visitor.nextJson(), { msgtype: 'error', error });
    if (when === 'before') await visitor.ask({ room: 'lobby' });
    assert.equal((await visitor.ask({ task: 'TaskEcho', data: 1 })).data, 1);
  });
}

test('a frame that is none, but has a ref, is told by its ref', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  visitor.send({ task: 7, ref: 'x7' });
  const error = { code: 'bad-frame', message: 'task is the name of a task, at most 128 characters' };
  assert.deepEqual(await visitor.nextJson(), { ref: 'x7', error });
});

test('the names that every object has are no tasks', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  for (const task of ['constructor', '__proto__', 'hasOwnProperty', 'toString', 'x'.repeat(128)]) {
    const error = { code: 'unknown-task', message: `there is no task ${task}`, task };
    visitor.send(`{"task":"${task}"}`);
    assert.deepEqual(await visitor.nextJson(), { msgtype: 'error', error });
  }
});

test('keys that every object has come back as they went, and change nothing', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  const data = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"hasOwnProperty":1}';
  visitor.send(`{"task":"TaskEcho","data":${data},"__proto__":{"polluted":1}}`);
  assert.equal(await visitor.next(), `{"task":"TaskEcho","data":${data}}`);
  visitor.send('{"task":"Polluted","__proto__":{"polluted":1,"ref":1,"room":"x"},"hasOwnProperty":1}');
  assert.equal(await visitor.next(), '{"task":"Polluted","data":[null,null]}');
});

test('a hello that only inherits its room names none', async (t) => {
  const visitor = await Visitor.to(t, await startServer(t, { settings }));
  visitor.send('{"__proto__":{"room":"lobby","ref":1}}');
  const { error } = await visitor.nextJson();
  assert.equal((error as { code: string }).code, 'bad-frame');
});

test('what looks deep but is not is taken', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  const datas = [
    deep(31),
    JSON.stringify('[{'.repeat(1_000)),
    '"\\\\\\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["',
    `[${'[],'.repeat(999)}[]]`,
  ];
  for (const data of datas) {
    visitor.send(`{"task":"TaskEcho","data":${data}}`);
    assert.equal(await visitor.next(), `{"task":"TaskEcho","data":${data}}`);
  }
});

test('a frame of 64 KiB is taken; a larger one closes its connection with 1009, and no other', async (t) => {
  const server = await startServer(t, { settings });
  const [visitor, other] = [await Visitor.in(t, server), await Visitor.in(t, server)];
  const shell = '{"task":"TaskEcho","data":""}'.length;
  const text = 'x'.repeat(65_536 - shell);
  visitor.send({ task: 'TaskEcho', data: text });
  assert.equal((await visitor.nextJson()).data, text);
  visitor.send({ task: 'TaskEcho', data: `${text}x` });
  assert.equal((await visitor.closed).code, 1009);
  assert.equal((await other.ask({ task: 'TaskEcho', data: 1 })).data, 1);
});
