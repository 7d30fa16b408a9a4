import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { eventually } from '../helpers/eventually.js';
import { figuresOf, untilFigures } from '../helpers/figures.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

/** Each task notes what becomes of it; the task Notes gives the notes and forgets them. */
const settings = settingsText({
  imports: "import { setTimeout as pause } from 'node:timers/promises';",
  classes: `
  const notes = [];
  class Notes extends Task { main() { return notes.splice(0); } }

  class Hanging extends Task {
    static deadline = 80;
    main({ signal }) {
      signal.addEventListener('abort', () => notes.push(signal.reason.message));
      return new Promise(() => {});
    }
    interrupt() { notes.push('interrupted'); }
  }
  class Patient extends Hanging { static deadline = 30_000; }
  class Endless extends Hanging { static deadline = Infinity; main() { return new Promise((end) => setTimeout(end, 30, 'done')); } }
  class Cooperative extends Task {
    static deadline = 80;
    async main({ signal }) {
      try { await pause(30_000, undefined, { signal }); } finally { notes.push('ended'); }
    }
  }
  class Willing extends Cooperative { static deadline = 30_000; }
  class Late extends Task {
    static deadline = 30;
    async main() { await pause(90); notes.push('late'); return 'too late'; }
  }
  class Angry extends Hanging { interrupt() { notes.push('interrupted'); throw new Error('leave me alone'); } }
  class AngryLater extends Hanging { async interrupt() { notes.push('interrupted'); throw new Error('leave me alone'); } }`,
  change:
    'tasks: { ...base.tasks, Notes, Hanging, Patient, Endless, Cooperative, Willing, Late, Angry, AngryLater }',
});

async function visit(t: TestContext): Promise<{ server: TestServer; visitor: Visitor }> {
  const server = await startServer(t, { settings });
  return { server, visitor: await Visitor.in(t, server) };
}

const notes = async (visitor: Visitor): Promise<string[]> =>
  (await visitor.ask({ task: 'Notes' })).data as string[];

/** Asks for the notes until these have been written; order matters. */
async function untilNotes(visitor: Visitor, expected: string[]): Promise<void> {
  const written: string[] = [];
  await eventually(async () => written.push(...(await notes(visitor))) >= expected.length, 'all is noted');
  assert.deepEqual(written, expected);
}

test('a task that hangs is told of at its deadline: its signal aborts, then it is interrupted', async (t) => {
  const { server, visitor } = await visit(t);
  const began = Date.now();
  const { error } = await visitor.ask({ task: 'Hanging' });
  assert.ok(Date.now() - began >= 79);
  assert.deepEqual(error, { code: 'deadline', message: 'Hanging took longer than 0.08 s' });
  assert.deepEqual(await notes(visitor), ['Hanging took longer than 0.08 s', 'interrupted']);
  assert.equal((await figuresOf(server, 'Router')).running, 0);
});

test('a task that heeds its signal ends at its deadline, and is answered once', async (t) => {
  const { visitor } = await visit(t);
  visitor.send({ task: 'Cooperative', ref: 1 });
  const error = { code: 'deadline', message: 'Cooperative took longer than 0.08 s' };
  assert.deepEqual(await visitor.nextJson(), { ref: 1, task: 'Cooperative', error });
  visitor.send({ task: 'Cooperative' });
  assert.deepEqual(await visitor.nextJson(), { msgtype: 'error', error: { ...error, task: 'Cooperative' } });
  assert.deepEqual(await notes(visitor), ['ended', 'ended']);
});

test('what comes after the deadline is told to nobody', async (t) => {
  const { visitor } = await visit(t);
  visitor.send({ task: 'Late', ref: 1 });
  assert.equal((await visitor.nextJson()).ref, 1);
  visitor.send({ task: 'Late' });
  assert.equal((await visitor.nextJson()).msgtype, 'error');
  let late = 0;
  await eventually(async () => {
    visitor.send({ task: 'Notes', ref: 'notes' });
    const { ref, data } = await visitor.nextJson();
    assert.equal(ref, 'notes');
    late += (data as string[]).length;
    return late === 2;
  }, 'both have ended late');
});

test('others are served while a task hangs', async (t) => {
  const { server, visitor } = await visit(t);
  visitor.send({ task: 'Patient' });
  assert.equal((await visitor.ask({ task: 'TaskEcho', data: 1 })).data, 1);
  const other = await Visitor.in(t, server);
  assert.equal((await other.ask({ task: 'TaskEcho', data: 2 })).data, 2);
});

test('a deadline of Infinity is none', async (t) => {
  const { visitor } = await visit(t);
  assert.equal((await visitor.ask({ task: 'Endless' })).data, 'done');
});

test('when the caller leaves, its calls are broken off, and those of others are not', async (t) => {
  const { server, visitor } = await visit(t);
  const other = await Visitor.in(t, server);
  for (const task of ['Patient', 'Willing']) visitor.send({ task });
  other.send({ task: 'Willing' });
  await untilFigures(server, 'Router', { running: 3 });
  await visitor.leave();
  await untilNotes(other, ['the caller has left', 'interrupted', 'ended']);
  await untilFigures(server, 'Router', { running: 2 });
});

test('a caller that leaves is no failure, and is not logged as one', async (t) => {
  const { server, visitor } = await visit(t);
  const other = await Visitor.in(t, server);
  visitor.send({ task: 'Willing' });
  await untilFigures(server, 'Router', { running: 1 });
  await visitor.leave();
  await untilNotes(other, ['ended']);
  await server.end('SIGTERM');
  assert.doesNotMatch(await readFile(server.file('logging.log'), 'utf8'), /ERROR/);
});

test('an interrupt that fails harms nobody', async (t) => {
  const { visitor } = await visit(t);
  for (const task of ['Angry', 'AngryLater']) {
    const { error } = await visitor.ask({ task });
    assert.equal((error as { code: string }).code, 'deadline');
    assert.deepEqual(await notes(visitor), [`${task} took longer than 0.08 s`, 'interrupted']);
  }
  assert.equal((await visitor.ask({ task: 'TaskEcho', data: 1 })).data, 1);
});
