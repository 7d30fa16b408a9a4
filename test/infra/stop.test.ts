import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runFiles, statusOf, untilState } from '../helpers/control.js';
import { eventually } from '../helpers/eventually.js';
import { newFolder, run, startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

/** Clients that call a task anew as soon as it is answered. */
async function load(t: TestContext, server: TestServer): Promise<Visitor[]> {
  const clients = await Promise.all(Array.from({ length: 20 }, () => Visitor.in(t, server)));
  for (const { socket } of clients) {
    const call = (): void => socket.send('{"task":"TaskEcho","data":1,"ref":1}');
    socket.on('message', call);
    for (let calls = 0; calls < 8; calls++) call();
  }
  await Promise.all(clients.map((client) => client.next()));
  return clients;
}

const ways: [string, (server: TestServer) => Promise<void>][] = [
  ['the command', async (server) => assert.equal((await server.command(['stop'])).code, 0)],
  ['SIGINT', async (server) => void server.process.kill('SIGINT')],
  ['SIGTERM', async (server) => void server.process.kill('SIGTERM')],
];

for (const [name, stop] of ways)
  test(`${name} stops a server under load within 5 s and leaves nothing behind`, async (t) => {
    const server = await startServer(t);
    assert.deepEqual(runFiles(server.folder), ['interface.sock', 'server.lock', 'server.lock.d']);
    const clients = await load(t, server);
    const began = Date.now();
    await stop(server);
    assert.equal(await server.end(), 0);
    assert.ok(Date.now() - began < 5_000);
    assert.deepEqual(runFiles(server.folder), []);
    assert.equal(server.errors(), '');
    for (const client of clients) assert.equal((await client.closed).code, 1001);
  });

test('the command stop returns when the process has ended, not before', async (t) => {
  const settings = settingsText({
    imports: "import { setTimeout as pause } from 'node:timers/promises';",
    classes: 'class Slow extends Service { async disable() { await pause(700); } }',
    change: 'services: [Slow, ...base.services]',
  });
  const server = await startServer(t, { settings });
  const { code, out, err } = await server.command(['stop']);
  assert.deepEqual({ code, out, err }, { code: 0, out: 'eot-server has stopped\n', err: '' });
  assert.ok(!runs(server.pid), 'it has ended');
  assert.deepEqual(runFiles(server.folder), []);
});

/** Whether a process runs; one that has ended and waits for its parent does not. */
function runs(pid: number): boolean {
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Services that never call ready: one that stops when it is told to, and one that does not. */
const hanging = { obedient: 'return run.stopped;', deaf: 'return new Promise(() => {});' };

for (const [kind, body] of Object.entries(hanging))
  test(`a start that hangs in ${kind === 'deaf' ? 'a deaf' : 'an obedient'} service tells its status and can be stopped`, async (t) => {
    const folder = await newFolder(t);
    const settings = settingsText({
      classes: `class Hangs extends Service { static startWithin = 60_000; main(run) { ${body} } }`,
      change: 'services: [...base.services, Hangs]',
    });
    await writeFile(join(folder, 'settings.ts'), settings);
    const start = run(folder, ['start', '--port', '0']);
    await eventually(() => runFiles(folder).includes('interface.sock'), 'the control socket is there');
    await untilState(folder, 'Hangs', 'starting');
    t.after(killer((await statusOf(folder)).pid));
    const began = Date.now();
    const stop = await run(folder, ['stop']);
    assert.deepEqual(stop, { code: 0, out: 'eot-server has stopped\n', err: '' });
    assert.deepEqual(await start, { code: 0, out: '', err: '' });
    assert.ok(Date.now() - began < 5_000);
    assert.deepEqual(runFiles(folder), []);
  });

/** Ends a process that may have ended already. */
function killer(pid: number): () => void {
  return () => void (runs(pid) && process.kill(pid, 'SIGKILL'));
}

test('services that ignore the stop do not keep the server beyond 5 s', async (t) => {
  const settings = settingsText({
    classes: `
      class Deaf extends Service { async main(run) { setInterval(() => {}, 1_000); run.ready(); await new Promise(() => {}); } }
      class Deafer extends Deaf {}
      class Sulks extends Service { disable() { return new Promise(() => {}); } }
      class Fails extends Service { disable() { throw new Error('no brakes'); } }`,
    change: 'services: [...base.services, Deafer, Sulks, Fails]',
  });
  const server = await startServer(t, { settings });
  const began = Date.now();
  assert.equal((await server.command(['stop'])).code, 0);
  assert.equal(await server.end(), 0);
  assert.ok(Date.now() - began < 5_500, `it took ${Date.now() - began} ms, two processes' starts included`);
  assert.deepEqual(runFiles(server.folder), []);
  const log = await readFile(server.file('logging.log'), 'utf8');
  assert.match(log, /while stopping Fails: no brakes/);
  assert.match(log, /while stopping Sulks: Sulks did not stop within 2 s; it was left behind/);
  assert.match(log, /while stopping Deafer: Deafer did not stop within/);
});
