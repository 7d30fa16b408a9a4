import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, lstat, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runFiles, talk } from '../helpers/control.js';
import { newFolder, run, startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';

const END = '#!#end_communication#!#';
const UNKNOWN = `unknow command\n${END}`;

const socketOf = (server: TestServer): string => server.file('interface.sock');

/** A raw connection that was opened. */
async function opened(t: TestContext, server: TestServer): Promise<Socket> {
  const socket = connect({ path: socketOf(server), allowHalfOpen: true });
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

test('what is not known is answered by the line and the marker, byte for byte, then the end', async (t) => {
  const server = await startServer(t);
  for (const words of [
    'x',
    'STOP',
    'stop_',
    'stopp\r\n',
    '\n',
    '\0',
    '--json',
    'x'.repeat(100_000),
    'constructor',
  ])
    assert.equal(await talk(socketOf(server), words), UNKNOWN, JSON.stringify(words.slice(0, 9)));
  assert.equal(await talk(socketOf(server), 'unknow\ncommand'), UNKNOWN);
});

test('commands need no terminator, and may have one', async (t) => {
  const server = await startServer(t);
  for (const words of ['status --json', 'status --json\n', ' status  --json \r\n']) {
    const answer = await talk(socketOf(server), words);
    assert.match(answer, /^\{"pid":.*\}\n#!#end_communication#!#$/);
  }
  const lines = (await talk(socketOf(server), 'status')).split('\n');
  assert.match(lines[0] ?? '', /^SessionManager · enabled · since \d{4}-\S+Z · 0 deaths$/);
  assert.equal(lines.at(-1), END);
  const unknown = await talk(socketOf(server), 'restart Nobody');
  assert.match(
    unknown,
    /^error: there is no service Nobody: the services are SessionManager, .*\n#!#end_communication#!#$/,
  );
  assert.equal(await talk(socketOf(server), 'restart'), `error: restart needs the name of a service\n${END}`);
});

test('stop is answered by the marker only, when the services have stopped, and the connection ends with the process', async (t) => {
  const settings = settingsText({
    imports: `
      import { writeFileSync } from 'node:fs';
      import { setTimeout as pause } from 'node:timers/promises';`,
    classes:
      "class Slow extends Service { async disable() { await pause(200); writeFileSync('slow', 'stopped'); } }",
    change: 'services: [Slow, ...base.services]',
  });
  for (const way of ['write', 'end'] as const) {
    const server = await startServer(t, { settings });
    const socket = await opened(t, server);
    let heard = '';
    socket.setEncoding('utf8').on('data', (text: string) => {
      heard += text;
      assert.ok(existsSync(server.file('slow')), 'the services have stopped');
    });
    // Also for who half closes behind the word.
    socket[way]('stop');
    await once(socket, 'end');
    assert.deepEqual(runFiles(server.folder), [], 'it ends when all else is gone');
    assert.equal(heard, END);
    assert.equal(await server.end(), 0);
  }
});

test('clients that say nothing, half close, or go away harm nobody, and do not hold up the stop', async (t) => {
  const server = await startServer(t);
  const [silent, half, mute, gone] = await Promise.all([1, 2, 3, 4].map(() => opened(t, server)));
  assert.ok(silent && half && mute && gone);
  half.end('status --json');
  const [answer] = (await once(half, 'data')) as [Buffer];
  assert.match(answer.toString(), /#!#end_communication#!#$/, 'who has half closed is still answered');
  mute.end();
  await once(mute.resume(), 'end');
  gone.write('status');
  gone.destroy();
  assert.equal(await talk(socketOf(server), 'x'), UNKNOWN);
  assert.equal((await server.command(['stop'])).code, 0);
  assert.equal(await server.end(), 0);
});

/** A server of the control wire that says what the test says, in pieces. */
async function scripted(t: TestContext, pieces: string[], end = true): Promise<string> {
  const path = join(await newFolder(t), 's');
  const server = createServer((socket) => {
    socket.once('data', async () => {
      for (const piece of pieces)
        await new Promise((resolve) => socket.write(piece, () => setImmediate(resolve)));
      if (end) socket.end();
    });
  }).listen(path);
  t.after(() => server.close());
  await once(server, 'listening');
  return path;
}

test('the client takes a marker that comes in pieces, and does not wait for the end behind it', async (t) => {
  const path = await scripted(t, ['Tick', 'er is up\n#!#end_', 'communication', '#!', '#'], false);
  const words = ['--control-socket', path, 'how', 'are', 'you'];
  const told = await run(await newFolder(t), words, 'eot-server-command');
  assert.deepEqual(told, { code: 0, out: 'Ticker is up\n', err: '' });
});

test('the client of stop waits for the end behind the marker', async (t) => {
  const folder = await newFolder(t);
  const path = join(folder, 's');
  let [left, leftEarly] = [false, true];
  const server = createServer((socket) => {
    socket.resume().once('close', () => {
      left = true;
    });
    socket.write(END);
    // Long enough for a client that does not wait: another one comes and goes meanwhile.
    void run(folder, ['--help']).then(() => {
      leftEarly = left;
      socket.end();
    });
  }).listen(path);
  t.after(() => server.close());
  const stopped = await run(folder, [path], 'eot-server-stop');
  assert.deepEqual(stopped, { code: 0, out: 'eot-server has stopped\n', err: '' });
  assert.equal(leftEarly, false);
});

test('the client says so when the connection ends before the marker', async (t) => {
  const folder = await newFolder(t);
  for (const pieces of [[], ['#!#end_commun'], ['half a line']]) {
    const path = await scripted(t, pieces);
    const { code, out, err } = await run(folder, [path], 'eot-server-stop');
    assert.equal(err, 'eot-server: the server ended before it had answered stop: see its log\n');
    assert.deepEqual([code, out], [1, '']);
  }
});

test('the socket is its owner’s only', async (t) => {
  const server = await startServer(t);
  const { mode } = await lstat(socketOf(server));
  assert.equal((mode & 0o777).toString(8), '600');
});

test('the socket that a killed server left is removed; a living server’s, and any other file, is not', async (t) => {
  const killed = await startServer(t);
  await killed.end('SIGKILL');
  assert.ok(runFiles(killed.folder).includes('interface.sock'));
  const server = await startServer(t, { folder: killed.folder });

  const rival = ['start', '--port', '0', '--lock-file', 'other.lock'];
  const where = `eot-server: the control socket ${socketOf(server)} cannot be opened`;
  const { code, err } = await server.command(rival);
  assert.equal(err, `${where} (another server answers there): choose another with --control-socket\n`);
  assert.equal(code, 1);
  assert.equal(await talk(socketOf(server), 'x'), UNKNOWN, 'the living one is still reached');

  await server.end('SIGTERM');
  await writeFile(socketOf(server), 'a letter');
  await chmod(socketOf(server), 0o640);
  const refused = await server.command(rival);
  assert.equal(
    refused.err,
    `${where} (a file that is no socket is there): choose another with --control-socket\n`,
  );
  assert.equal((await lstat(socketOf(server))).mode & 0o777, 0o640, 'it is untouched');
  await rm(socketOf(server));
});
