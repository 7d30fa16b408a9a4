import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownSettings, modern } from '../helpers/known.js';
import { startServer } from '../helpers/server.js';

/** Each task notes that it was made, and that it ran; the task Notes gives the notes and forgets them. */
const settings = knownSettings({
  classes: `
  const notes: string[] = [];
  class Notes extends Task { main() { return notes.splice(0); } }

  class Open extends Task {
    constructor() { super(); notes.push('made'); }
    main() { notes.push('run'); return 'done'; }
  }
  @access(users)
  class Members extends Open {}

  @access((user) => user?.username === 'ann')
  class Anns extends Members {}

  class Heir extends Anns {}

  @access((user) => user === null || user.id === 2)
  class Strange extends Members {}

  @access(() => { throw new Error('secret'); })
  class Broken extends Open {}

  @access(async () => false)
  class Promised extends Open {}

  @access(users)
  class Checked extends Open {
    static schema = { '~standard': { version: 1, vendor: 'test', validate: () => ({ issues: [{ message: 'never' }] }) } };
  }`,
  change: 'tasks: { Notes, Open, Members, Anns, Heir, Strange, Broken, Promised, Checked }',
});

test('who is let in gets the answer', async (t) => {
  const server = await startServer(t, { settings });
  const may: Record<string, string[]> = {
    '1-ann': ['Open', 'Members', 'Anns', 'Heir'],
    '2-bob': ['Open', 'Members', 'Strange'],
    '': ['Open'],
  };
  for (const [key, tasks] of Object.entries(may)) {
    const visitor = await modern(t, server, 'lobby', key);
    for (const task of tasks) assert.equal((await visitor.ask({ task })).data, 'done', `${key} may ${task}`);
  }
});

test('who is refused is told so, and the task is not even made', async (t) => {
  const server = await startServer(t, { settings });
  const mayNot: [string, string, string[]][] = [
    ['1-ann', 'ann', ['Strange']],
    ['2-bob', 'bob', ['Anns', 'Heir']],
    ['', 'anonymous visitors', ['Members', 'Anns', 'Heir', 'Strange', 'Checked']],
  ];
  for (const [key, name, tasks] of mayNot) {
    const visitor = await modern(t, server, 'lobby', key);
    for (const task of tasks) {
      const error = { code: 'refused', message: `${task} is not for ${name}` };
      assert.deepEqual(await visitor.ask({ task, ref: 1 }), { ref: 1, task, error });
      visitor.send({ task });
      assert.deepEqual(await visitor.nextJson(), { msgtype: 'error', error: { ...error, task } });
    }
    assert.deepEqual((await visitor.ask({ task: 'Notes' })).data, []);
  }
});

test('a guard that fails, or that only promises, lets nobody in', async (t) => {
  const server = await startServer(t, { settings });
  const visitor = await modern(t, server, 'lobby', '1-ann');
  const broken = await visitor.ask({ task: 'Broken' });
  assert.deepEqual(broken.error, { code: 'internal', message: 'Broken failed' });
  const promised = await visitor.ask({ task: 'Promised' });
  assert.deepEqual(promised.error, { code: 'refused', message: 'Promised is not for ann' });
  assert.deepEqual((await visitor.ask({ task: 'Notes' })).data, []);
});
