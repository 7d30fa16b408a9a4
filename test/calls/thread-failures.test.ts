import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { eventually } from '../helpers/eventually.js';
import { figuresOf, untilFigures } from '../helpers/figures.js';
import { startServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';
import { files, heavySettings } from './heavy.js';

const INTERNAL = { code: 'internal', message: 'Heavy failed' };

const answers = (visitor: Visitor) => visitor.ask({ task: 'Heavy', data: { do: 'tell' } });

test('an endless loop is killed at its deadline; others are served meanwhile, and then the next call', async (t) => {
  const server = await startServer(t, { settings: heavySettings('{ threads: 1 }'), files });
  const visitor = await Visitor.in(t, server);
  visitor.send({ task: 'Endless', ref: 'endless' });
  visitor.send({ task: 'TaskEcho', ref: 'echo' });
  assert.equal((await visitor.nextJson()).ref, 'echo');
  assert.deepEqual(await visitor.nextJson(), {
    ref: 'endless',
    task: 'Endless',
    error: { code: 'deadline', message: 'Endless took longer than 0.7 s' },
  });
  assert.ok((await answers(visitor)).data);
  assert.equal((await figuresOf(server, 'Router')).running, 0);
});

test('a call that waits behind one that is killed is served', async (t) => {
  const server = await startServer(t, { settings: heavySettings('{ threads: 1 }'), files });
  const visitor = await Visitor.in(t, server);
  for (const [task, how] of [
    ['Endless', ''],
    ['Heavy', 'exit'],
    ['Heavy', 'crash'],
  ]) {
    visitor.send({ task: String(task), data: { do: String(how) } });
    assert.ok((await answers(visitor)).data);
  }
});

test('a thread that eats all its memory is ended, and the next call is served', async (t) => {
  const server = await startServer(t, { settings: heavySettings('{ threads: 1, memory: 32 }'), files });
  const visitor = await Visitor.in(t, server);
  const { error } = await visitor.ask({ task: 'Heavy', data: { do: 'eat' } });
  assert.deepEqual(error, INTERNAL);
  assert.ok((await answers(visitor)).data);
});

for (const way of ['exit', 'crash']) {
  test(`a thread that dies by ${way} is told as internal, and the next call is served`, async (t) => {
    const server = await startServer(t, { settings: heavySettings('{ threads: 1 }'), files });
    const visitor = await Visitor.in(t, server);
    for (let n = 0; n < 3; n++) {
      const { error } = await visitor.ask({ task: 'Heavy', data: { do: way } });
      assert.deepEqual(error, INTERNAL);
    }
    assert.ok((await answers(visitor)).data);
    assert.equal((await figuresOf(server, 'Router')).running, 0);
  });
}

test('a thread that dies when nobody waits for it is logged, and the next call is served', async (t) => {
  const server = await startServer(t, { settings: heavySettings('{ threads: 1 }'), files });
  const visitor = await Visitor.in(t, server);
  assert.equal((await visitor.ask({ task: 'Heavy', data: { do: 'crash later' } })).data, 'answered');
  const log = (): Promise<string> => readFile(server.file('logging.log'), 'utf8');
  await eventually(async () => (await log()).includes('crashed later'), 'the crash is logged');
  assert.doesNotMatch(await log(), /CRITICAL/, 'it did not escape');
  assert.ok((await answers(visitor)).data);
});

test('the thread of a caller that leaves is killed', async (t) => {
  const server = await startServer(t, { settings: heavySettings('{ threads: 1 }'), files });
  const [visitor, other] = [await Visitor.in(t, server), await Visitor.in(t, server)];
  visitor.send({ task: 'Heavy', data: { do: 'wait' } });
  await untilFigures(server, 'Router', { running: 1 });
  await visitor.leave();
  await untilFigures(server, 'Router', { running: 0 });
  assert.ok((await answers(other)).data, 'the only thread is free');
});

test('calls that no thread and no place in the queue is left for are busy', async (t) => {
  const server = await startServer(t, { settings: heavySettings('{ threads: 1, queue: 2 }'), files });
  const visitor = await Visitor.in(t, server);
  await answers(visitor);
  for (let ref = 0; ref < 5; ref++) visitor.send({ task: 'Endless', ref });
  const codes = new Map<unknown, string>();
  while (codes.size < 5) {
    const { ref, error } = await visitor.nextJson();
    codes.set(ref, (error as { code: string }).code);
  }
  assert.deepEqual(
    [...codes].sort(([a], [b]) => Number(a) - Number(b)).map(([, code]) => code),
    ['deadline', 'deadline', 'deadline', 'busy', 'busy'],
  );
  assert.ok((await answers(visitor)).data, 'when they have ended there is room again');
});

test('a server stops in time though its threads loop endlessly', async (t) => {
  const server = await startServer(t, { settings: heavySettings(), files });
  const visitor = await Visitor.in(t, server);
  for (let n = 0; n < 6; n++) visitor.send({ task: 'Heavy', data: { do: 'loop' } });
  await untilFigures(server, 'Router', { running: 6 });
  const began = Date.now();
  assert.equal(await server.end('SIGTERM'), 0);
  assert.ok(Date.now() - began < 3_000);
});
