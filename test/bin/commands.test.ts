import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runFiles, type ServerStatus } from '../helpers/control.js';
import { newFolder, program, run, startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';

test('start prints exactly one line, and nothing on standard error', async (t) => {
  const folder = await newFolder(t);
  const child = spawn(process.execPath, [program(), 'start', '--port', '0'], { cwd: folder });
  t.after(() => child.kill('SIGKILL'));
  let [out, err] = ['', ''];
  child.stderr.on('data', (text: Buffer) => {
    err += text;
  });
  child.stdout.on('data', (text: Buffer) => {
    out += text;
    if (out.endsWith('\n')) child.kill('SIGTERM');
  });
  assert.deepEqual(await once(child, 'close'), [0, null]);
  assert.match(out, /^eot-server is listening on http:\/\/127\.0\.0\.1:\d+\n$/);
  assert.equal(err, '');
});

test('status shows a table, with --json the same for a program, and restart renews one service', async (t) => {
  const server = await startServer(t);
  const table = await server.command(['status']);
  assert.deepEqual([table.code, table.err], [0, '']);
  assert.match(
    table.out,
    new RegExp(`^pid ${server.pid}, since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\n`),
  );
  assert.match(table.out, /│ service +│ state +│ since +│ deaths │ last reason │/);
  assert.match(table.out, /│ Router +│ enabled │ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d │ 0 +│ +│/);

  const restarted = await server.command(['restart', 'StatusWatcher']);
  assert.deepEqual(restarted, { code: 0, out: 'StatusWatcher has been restarted\n', err: '' });

  const json = await server.command(['status', '--json']);
  assert.deepEqual([json.code, json.err], [0, '']);
  const { pid, services } = JSON.parse(json.out) as ServerStatus;
  assert.equal(pid, server.pid);
  for (const { state, since } of services) {
    assert.equal(state, 'enabled');
    assert.equal(new Date(since).toISOString(), since);
  }
  const web = services.find(({ name }) => name === 'WebServer');
  assert.deepEqual(web?.about, { url: server.url });
});

test('--interface is --control-socket, underscores are dashes, and every way of stopping takes a socket', async (t) => {
  const ways: [string[], string?][] = [
    [['stop', '--interface', 'my.sock']],
    [['stop', '--control_socket=my.sock']],
    [['my.sock'], 'eot-server-stop'],
    [['--interface=my.sock'], 'eot-server-stop'],
    [['--control-socket', 'my.sock', 'stop'], 'eot-server-command'],
  ];
  for (const [words, name] of ways) {
    const server = await startServer(t, {
      args: ['--interface=./my.sock', '--log_level=DEBUG', '--lock_file', 'l'],
    });
    await access(server.file('my.sock'));
    await access(server.file('l'));
    const { code, err } = await server.command(words, name);
    assert.deepEqual([code, err], [0, ''], words.join(' '));
    assert.equal(await server.end(), 0);
    await assert.rejects(access(server.file('my.sock')));
  }
});

test('the settings say where the socket is, for every command, from the file that --settings names', async (t) => {
  const settings = settingsText({ change: "controlSocket: './deep.sock', lockFile: './deep.lock', port: 0" });
  const folder = await newFolder(t);
  await writeFile(join(folder, 'mine.ts'), settings);
  const server = await startServer(t, { folder, args: ['--settings', 'mine.ts'] });
  assert.deepEqual(runFiles(folder), []);
  assert.equal((await server.command(['status', '--settings', 'mine.ts'])).code, 0);
  assert.equal((await server.command(['status'])).code, 1, 'the usual socket is not there');
  assert.equal((await server.command(['--settings', 'mine.ts'], 'eot-server-stop')).code, 0);
  assert.equal(await server.end(), 0);
});

test('eot-server-command sends its words as they are and prints the answer', async (t) => {
  const server = await startServer(t, {
    settings: settingsText({
      classes: 'class Odd_Name extends Service {}',
      change: 'services: [...base.services, Odd_Name]',
    }),
  });
  const say = (...words: string[]): ReturnType<typeof run> => server.command(words, 'eot-server-command');
  assert.deepEqual(await say('make', 'coffee'), { code: 0, out: 'unknow command\n', err: '' });
  assert.deepEqual(await say('restart', 'Odd_Name'), {
    code: 0,
    out: 'Odd_Name has been restarted\n',
    err: '',
  });
  assert.deepEqual(await say('help'), { code: 0, out: 'unknow command\n', err: '' });
  assert.equal((JSON.parse((await say('status', '--json')).out) as ServerStatus).pid, server.pid);
  const refused = await say('restart', '--odd_name', '-h');
  assert.match(
    refused.err,
    /^eot-server: there is no service --odd_name: /,
    'an underscore in a word stays one',
  );
  assert.equal((await say('stop')).code, 0);
  assert.equal(await server.end(), 0);
});

test('check tells that the settings are good and starts nothing, though they leave timers behind', async (t) => {
  const folder = await newFolder(t);
  const classes =
    'setInterval(() => {}, 1_000); class Never extends Service { constructor() { super(); throw 1; } }';
  await writeFile(
    join(folder, 'settings.ts'),
    settingsText({ classes, change: 'services: [...base.services, Never]' }),
  );
  const { code, out, err } = await run(folder, ['check']);
  assert.match(out, /^the settings are good: \d+ services, \d+ tasks\n$/);
  assert.deepEqual([code, err], [0, '']);
});

test('a server without a web server runs, and says that it listens nowhere', async (t) => {
  const folder = await newFolder(t);
  const classes = 'class Alone extends Service {}';
  await writeFile(
    join(folder, 'settings.ts'),
    settingsText({ classes, change: 'services: [Alone], tasks: {}' }),
  );
  const child = spawn(process.execPath, [program(), 'start'], { cwd: folder });
  t.after(() => child.kill('SIGKILL'));
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const sentence = 'it listens nowhere: there is no service WebServer: the services are Alone';
  assert.equal(line.toString(), `eot-server is running, but ${sentence}\n`);
  assert.equal((await run(folder, ['stop'])).code, 0);
  assert.deepEqual(runFiles(folder), []);
});

test('--help shows the commands, each with its options', async (t) => {
  const folder = await newFolder(t);
  const { code, out } = await run(folder, ['--help']);
  assert.equal(code, 0);
  for (const command of ['start', 'stop', 'status', 'restart', 'check'])
    assert.match(out, new RegExp(`^  ${command} `, 'm'));
  const start = (await run(folder, ['start', '--help'])).out;
  for (const option of [
    'settings',
    'host',
    'port',
    'status-file',
    'accept-file',
    'control-socket',
    'interface',
    'lock-file',
    'log-level',
    'log-path',
  ])
    assert.match(start, new RegExp(`^  --${option} <`, 'm'));
});
