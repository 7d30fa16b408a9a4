import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { lstat, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { statusOf } from '../helpers/control.js';
import { eventually } from '../helpers/eventually.js';
import { newFolder, program, startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const START = ['start', '--port', '0'];

/** A second start in the server's folder is refused, and says who holds the lock. */
async function assertRefused(server: TestServer): Promise<void> {
  const { code, out, err } = await server.command(START);
  const holder = `pid ${server.pid} holds ${server.file('server.lock')}`;
  assert.equal(err, `eot-server: already started: ${holder}; stop it first\n`);
  assert.equal(out, '');
  assert.equal(code, 1);
}

/** Resolves when the lock's holder has not renewed it for so long that it counts as stale. */
async function untilStale(server: TestServer): Promise<void> {
  const age = async (): Promise<number> => Date.now() - (await lstat(server.file('server.lock.d'))).mtimeMs;
  await eventually(async () => (await age()) > 2_500, 'the lock looks stale');
}

test('a second start says who holds the lock, exits 1 and leaves the first one untouched', async (t) => {
  const server = await startServer(t);
  const visitor = await Visitor.in(t, server);
  await assertRefused(server);
  assert.deepEqual((await visitor.ask({ task: 'TaskEcho', data: 'still here' })).data, 'still here');
  assert.equal((await statusOf(server.folder)).pid, server.pid);
  assert.match(await readFile(server.file('server.lock'), 'utf8'), new RegExp(`^${server.pid} `));
});

test('a start after kill -9 succeeds within seconds', async (t) => {
  const killed = await startServer(t);
  assert.equal(await killed.end('SIGKILL'), 'SIGKILL');
  const began = Date.now();
  const server = await startServer(t, { folder: killed.folder });
  assert.ok(Date.now() - began < 5_000);
  assert.equal((await statusOf(server.folder)).pid, server.pid);
});

test('of starts that race exactly one wins, in a new folder and after kill -9', async (t) => {
  const folder = await newFolder(t);
  for (const round of ['new', 'left behind']) {
    const starts = await Promise.allSettled([1, 2, 3, 4].map(() => startServer(t, { folder })));
    const [winner, ...more] = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    assert.ok(winner, `nobody won in a folder that is ${round}`);
    assert.deepEqual(more, [], `two won in a folder that is ${round}`);
    for (const start of starts)
      if (start.status === 'rejected')
        assert.match(String(start.reason), new RegExp(`already started: pid ${winner.pid} holds`));
    assert.equal((await statusOf(folder)).pid, winner.pid);
    await winner.end('SIGKILL');
  }
});

test('a holder whose loop is blocked is not robbed', async (t) => {
  const settings = settingsText({
    classes: `
      class Burn extends Task {
        main() {
          for (const until = Date.now() + 4_000; Date.now() < until; );
          return 'burnt';
        }
      }`,
    change: 'tasks: { ...base.tasks, Burn }',
  });
  const server = await startServer(t, { settings });
  const visitor = await Visitor.in(t, server);
  const answer = visitor.ask({ task: 'Burn' });
  await untilStale(server);
  await assertRefused(server);
  assert.equal((await answer).data, 'burnt');
  await assertRefused(server);
  assert.equal(await server.end('SIGTERM'), 0);
});

test('a holder that was halted by SIGSTOP is not robbed, and goes on when it may', async (t) => {
  const server = await startServer(t);
  server.process.kill('SIGSTOP');
  await untilStale(server);
  await assertRefused(server);
  server.process.kill('SIGCONT');
  assert.equal((await statusOf(server.folder)).pid, server.pid);
  assert.equal(await server.end('SIGTERM'), 0);
});

test('a killed holder whose parent never asks for it does not stand in the way', async (t) => {
  const folder = await newFolder(t);
  // The shell becomes a program that knows nothing of its child: when the server is killed, it stays in the table.
  const script = '"$0" "$@" & exec sleep 60';
  const parent = spawn('sh', ['-c', script, process.execPath, program(), ...START], { cwd: folder });
  t.after(() => parent.kill('SIGKILL'));
  await once(parent.stdout, 'data');
  process.kill((await statusOf(folder)).pid, 'SIGKILL');
  const server = await startServer(t, { folder });
  assert.equal((await statusOf(folder)).pid, server.pid);
});
