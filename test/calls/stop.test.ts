import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { untilFigures } from '../helpers/figures.js';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const settings = settingsText({
  imports: `import { appendFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';`,
  classes: `
  class Hanging extends Task {
    static deadline = 60_000;
    main({ signal }) {
      signal.addEventListener('abort', () => appendFileSync('notes', 'aborted '));
      return new Promise(() => {});
    }
    interrupt() { appendFileSync('notes', 'interrupted '); }
  }
  class Cooperative extends Task {
    static deadline = 60_000;
    async main({ signal }) { await pause(60_000, undefined, { signal }); }
  }`,
  change: 'tasks: { ...base.tasks, Hanging, Cooperative }',
});

test('a router that stops breaks off what runs, refuses what comes, and waits a bounded time', async (t) => {
  const server = await startServer(t, { settings });
  const visitor = await Visitor.in(t, server);
  visitor.send({ task: 'Hanging', ref: 'hanging' });
  visitor.send({ task: 'Cooperative', ref: 'cooperative' });
  await untilFigures(server, 'Router', { running: 2 });

  const began = Date.now();
  const restarted = server.command(['restart', 'Router']);
  assert.deepEqual(await visitor.nextJson(), {
    ref: 'cooperative',
    task: 'Cooperative',
    error: { code: 'busy', message: 'the server stops' },
  });
  const { error } = await visitor.ask({ task: 'TaskEcho', data: 'too late' });
  assert.deepEqual(error, { code: 'busy', message: 'the server stops, or is not up yet; try again' });
  assert.equal((await restarted).code, 0);
  assert.ok(Date.now() - began < 3_000);
  assert.equal(await readFile(server.file('notes'), 'utf8'), 'aborted interrupted ');
  assert.equal((await visitor.ask({ task: 'TaskEcho', data: 'again' })).data, 'again');
});

for (const how of ['SIGTERM', 'SIGINT', 'stop'] as const) {
  test(`a server that is stopped by ${how} breaks off what runs and does not wait for what hangs`, async (t) => {
    const server = await startServer(t, { settings });
    const visitors = await Promise.all([1, 2].map(() => Visitor.in(t, server)));
    for (const visitor of visitors) visitor.send({ task: 'Hanging' });
    await untilFigures(server, 'Router', { running: 2 });
    const began = Date.now();
    const stopped = how === 'stop' ? server.command(['stop']) : undefined;
    assert.equal(await server.end(how === 'stop' ? undefined : how), 0);
    await stopped;
    assert.ok(Date.now() - began < 5_000);
    assert.equal(await readFile(server.file('notes'), 'utf8'), 'aborted interrupted aborted interrupted ');
    for (const { closed } of visitors) assert.equal((await closed).code, 1001);
  });
}
