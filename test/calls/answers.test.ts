import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { original } from '../helpers/known.js';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const settings = settingsText({
  classes: `
  class Frame extends Task { main({ frame }) { return frame; } }
  class Later extends Task { async main({ data }) { await null; return data; } }
  class Refuse extends Task { main() { throw new Refusal('too-late', 'the ship has sailed'); } }
  class Gate extends Task {
    static waiting = [];
    main({ data }) {
      if (data === 'open') return Gate.waiting.pop()();
      return new Promise((resolve) => Gate.waiting.push(() => resolve(data)));
    }
  }`,
  change: 'tasks: { ...base.tasks, Frame, Later, Refuse, Gate }',
});

/** An original connection that has heard its own coming. */
async function old(t: TestContext): Promise<Visitor> {
  const visitor = await original(t, await startServer(t, { settings }), 'lobby');
  await visitor.next();
  return visitor;
}

const modern = async (t: TestContext): Promise<Visitor> => Visitor.in(t, await startServer(t, { settings }));

const DATA = [
  'null',
  '0',
  '-1.5',
  '""',
  '"ü\\u0000🚢"',
  'false',
  '[]',
  '{"a":[1,{"b":null}]}',
  '{"__proto__":{"x":1}}',
];

test('TaskEcho answers an original connection exactly task and data', async (t) => {
  const visitor = await old(t);
  for (const data of DATA) {
    visitor.send(`{"task":"TaskEcho","data":${data},"room":"lobby","session_id":"x","date":1445000000000}`);
    assert.equal(await visitor.next(), `{"task":"TaskEcho","data":${data}}`);
  }
  visitor.send('{"task":"TaskEcho"}');
  assert.equal(await visitor.next(), '{"task":"TaskEcho","data":null}', 'data may be left out');
});

test('TaskPing answers nothing, unless the call has a ref', async (t) => {
  const visitor = await old(t);
  visitor.send({ task: 'TaskPing', data: {} });
  visitor.send({ task: 'TaskPing', data: {}, ref: 1 });
  assert.equal(await visitor.next(), '{"ref":1,"task":"TaskPing","data":null}');
});

test('a call with a ref brings exactly one answer, data or error, also from an original connection', async (t) => {
  const server = await startServer(t, { settings });
  const before = await original(t, server, 'lobby');
  await before.next();
  for (const visitor of [before, await Visitor.in(t, server)]) {
    for (const task of ['TaskEcho', 'Later']) {
      visitor.send({ task, data: { a: 1 }, ref: 'x7' });
      assert.equal(await visitor.next(), `{"ref":"x7","task":"${task}","data":{"a":1}}`);
    }
    visitor.send({ task: 'Refuse', ref: 0 });
    assert.equal(
      await visitor.next(),
      '{"ref":0,"task":"Refuse","error":{"code":"too-late","message":"the ship has sailed"}}',
    );
    visitor.send({ task: 'Nothing', ref: -1.5 });
    assert.equal(
      await visitor.next(),
      '{"ref":-1.5,"task":"Nothing","error":{"code":"unknown-task","message":"there is no task Nothing"}}',
    );
  }
});

test('a call without a ref that fails is told in the words that old clients ignore', async (t) => {
  const visitor = await old(t);
  visitor.send({ task: 'Refuse' });
  assert.equal(
    await visitor.next(),
    '{"msgtype":"error","error":{"code":"too-late","message":"the ship has sailed","task":"Refuse"}}',
  );
  visitor.send({ task: 'Nothing' });
  assert.equal(
    await visitor.next(),
    '{"msgtype":"error","error":{"code":"unknown-task","message":"there is no task Nothing","task":"Nothing"}}',
  );
});

test('answers come in the order in which tasks finish', async (t) => {
  const visitor = await modern(t);
  for (const ref of ['first', 'second', 'third']) visitor.send({ task: 'Gate', data: ref, ref });
  for (const expected of ['third', 'second', 'first']) {
    visitor.send({ task: 'Gate', data: 'open', ref: 'opened' });
    const refs = [(await visitor.nextJson()).ref, (await visitor.nextJson()).ref];
    assert.deepEqual(refs.sort(), ['opened', expected].sort());
  }
});

test('a ref may be used again, and is given back as it was', async (t) => {
  const visitor = await modern(t);
  for (const ref of ['', 'x'.repeat(128), '__proto__', 'ü"\\', 0, 1e21, Number.MAX_SAFE_INTEGER]) {
    for (const data of [1, 2]) {
      visitor.send({ task: 'TaskEcho', data, ref });
      assert.deepEqual(await visitor.nextJson(), { ref, task: 'TaskEcho', data });
    }
  }
});

test('a ref of another kind is refused', async (t) => {
  const visitor = await modern(t);
  const refs = [
    'null',
    'true',
    '{}',
    '["a"]',
    '{"toString":1}',
    JSON.stringify('x'.repeat(129)),
    '1e999',
    '-1e999',
  ];
  for (const ref of refs) {
    for (const frame of [`{"task":"TaskEcho","ref":${ref}}`, `{"room":"attic","ref":${ref}}`]) {
      visitor.send(frame);
      assert.deepEqual(await visitor.nextJson(), {
        msgtype: 'error',
        error: { code: 'bad-frame', message: 'ref is a number, or a string of at most 128 characters' },
      });
    }
  }
});

test('a task is handed every key that the client sent', async (t) => {
  const visitor = await old(t);
  const frame = '{"task":"Frame","data":{},"room":"elsewhere","session_id":"x","date":1445000000000,"ref":1}';
  visitor.send(frame);
  assert.equal(await visitor.next(), `{"ref":1,"task":"Frame","data":${frame}}`);
});
