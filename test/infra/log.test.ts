import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { test } from 'node:test';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const LINE = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\t(CRITICAL|ERROR|WARNING|INFO|DEBUG)\t\w+\t: .+$/;

/** The lines of a log that are no stack. */
async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\n').filter((line) => line && !line.startsWith('  '));
}

test('a line is time, level, module and message, parted by tabs; ./logging.log is where an empty path leads', async (t) => {
  const server = await startServer(t, { args: ['--log-path', ''] });
  await server.end('SIGTERM');
  const lines = await linesOf(server.file('logging.log'));
  for (const line of lines) assert.match(line, LINE);
  assert.match(lines[0] ?? '', new RegExp(`\\tINFO\\tBootstrap\\t: eot-server starts, pid ${server.pid}$`));
  assert.match(lines.at(-1) ?? '', /\tINFO\t\w+\t: \w+ is disabled$/);
  assert.ok(lines.some((line) => line.endsWith('\tINFO\tBootstrap\t: eot-server stops: SIGTERM')));
});

test('an unknown level is INFO, with a warning; levels are taken in any case', async (t) => {
  const odd = await startServer(t, { args: ['--log-level', 'LOUD', '--log_path=l.log'] });
  await odd.end('SIGTERM');
  const lines = await linesOf(odd.file('l.log'));
  const warning = 'the log level LOUD is none of CRITICAL, ERROR, WARNING, INFO, DEBUG: it is INFO now';
  assert.ok(lines.some((line) => line.endsWith(`\tWARNING\tBootstrap\t: ${warning}`)));
  assert.ok(lines.some((line) => line.includes('\tINFO\t')));

  const terse = await startServer(t, { args: ['--log-level', 'warning'] });
  await terse.end('SIGTERM');
  for (const line of await linesOf(terse.file('logging.log'))) assert.match(line, /\tWARNING\t/);
});

const shouting = settingsText({
  classes: `
    class Shout extends Task {
      constructor(@inject(Logger) private log: Logger) { super(); }
      main({ data }) { this.log.info(data); }
    }`,
  imports: "import { Logger } from 'eot-server';",
  change: 'tasks: { ...base.tasks, Shout }, log: { maxSize: 4_096, maxFiles: 3 }',
});

test('the log is renewed when it has grown to its size, and only so many files are kept', async (t) => {
  const server = await startServer(t, { settings: shouting });
  const visitor = await Visitor.in(t, server);
  for (let call = 0; call < 100; call++)
    await visitor.ask({ task: 'Shout', data: `${call} ${'x'.repeat(200)}` });
  await server.end('SIGTERM');
  const files = (await readdir(server.folder)).filter((name) => /^logging\d*\.log$/.test(name)).sort();
  assert.deepEqual(files, ['logging.log', 'logging1.log', 'logging2.log']);
  for (const file of files) assert.ok((await stat(server.file(file))).size <= 4_096, file);
  assert.match(
    await readFile(server.file('logging.log'), 'utf8'),
    /ExternalControl|is disabled/,
    'the newest lines',
  );
});

test('what comes from outside cannot forge a line', async (t) => {
  const server = await startServer(t, { settings: shouting });
  const visitor = await Visitor.in(t, server);
  await visitor.ask({ task: 'Shout', data: 'a\n2000-01-01T00:00:00.000Z\tCRITICAL\tBank\t: sold\r\nb' });
  await server.end('SIGTERM');
  const lines = await linesOf(server.file('logging.log'));
  for (const line of lines) assert.match(line, LINE);
  assert.ok(lines.some((line) => line.includes('a⏎2000-01-01')));
  assert.ok(!lines.some((line) => line.startsWith('2000')));
});

test('a full disk takes the log, not the server', async (t) => {
  const server = await startServer(t, { args: ['--log-path', '/dev/full', '--log-level', 'DEBUG'] });
  const visitor = await Visitor.in(t, server);
  for (let call = 0; call < 200; call++) await visitor.ask({ task: 'TaskEcho', data: call });
  const began = Date.now();
  assert.equal(await server.end('SIGTERM'), 0);
  assert.ok(Date.now() - began < 2_000);
  assert.match(server.errors(), /^eot-server: the log \/dev\/full cannot be written: ENOSPC.*\n$/);
});

test('a session cookie, a session id and a token never come into the log, at DEBUG neither', async (t) => {
  const settings = settingsText({
    classes: "class Fail extends Task { main(request) { throw new Error('it failed'); } }",
    change: 'tasks: { ...base.tasks, Fail }',
  });
  const server = await startServer(t, { settings, args: ['--log-level', 'DEBUG'] });
  const cookie = { cookie: 'sessionid=SECRET-1; other=SECRET-2', authorization: 'Bearer SECRET-3' };
  const visitor = await Visitor.to(t, server, '/ws?token=SECRET-4', cookie);
  visitor.send('{"session_id": "SECRET-5", "room"');
  visitor.send({ session_id: 'SECRET-6', ref: 1 });
  visitor.send({ session_id: 'SECRET-7', room: 'r', token: 'SECRET-8', ref: 2 });
  for (const task of ['Fail', 'TaskEcho', 'Nothing'])
    await visitor.ask({ task, session_id: 'SECRET-9', data: { token: 'SECRET-10' } });
  const stranger = { ...cookie, origin: 'https://evil.example' };
  await assert.rejects(Visitor.to(t, server, '/ws', stranger));
  await server.end('SIGTERM');
  const log = await readFile(server.file('logging.log'), 'utf8');
  assert.match(log, /it failed/);
  assert.doesNotMatch(log + server.errors(), /SECRET/);
});
