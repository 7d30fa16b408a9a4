import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runFiles } from '../helpers/control.js';
import { newFolder, run, startServer } from '../helpers/server.js';

/** A command in a folder fails with one sentence, and nothing on standard output. */
async function assertFails(folder: string, words: string[], sentence: RegExp, name?: string): Promise<void> {
  const { code, out, err } = await run(folder, words, name);
  const what = `${name ?? 'eot-server'} ${words.join(' ')}`;
  assert.match(err, sentence, what);
  assert.equal(err.trimEnd().split('\n').length, 1, `${what} says one sentence: ${err}`);
  assert.deepEqual([code, out], [1, ''], what);
}

async function folderWith(t: TestContext, settings: string, name = 'settings.ts'): Promise<string> {
  const folder = await newFolder(t);
  await writeFile(join(folder, name), settings);
  return folder;
}

test('without a running server every command says where it looked', async (t) => {
  const folder = await newFolder(t);
  const none = (where: string): RegExp =>
    new RegExp(
      `^eot-server: no server answers at ${where}: is it running, and is this its --control-socket\\?\n$`,
    );
  const usual = none(`${folder}/interface\\.sock`);
  for (const words of [['stop'], ['status'], ['status', '--json'], ['restart', 'Router']])
    await assertFails(folder, words, usual);
  await assertFails(folder, ['x'], usual, 'eot-server-command');
  await assertFails(folder, [], usual, 'eot-server-stop');
  await assertFails(folder, ['./s'], none(`${folder}/s`), 'eot-server-stop');
  await assertFails(folder, ['stop', '--interface', '127.0.0.1:1'], none('127\\.0\\.0\\.1:1'));
});

test('an unknown service is refused, and the services are named', async (t) => {
  const server = await startServer(t);
  const sentence = /^eot-server: there is no service Rooter: the services are SessionManager, .*Router.*\n$/;
  await assertFails(server.folder, ['restart', 'Rooter'], sentence);
});

test('words that the command line does not know are refused, with what was meant', async (t) => {
  const folder = await newFolder(t);
  const faults: [string[], RegExp][] = [
    [['start', '--prot', '1'], /unknown option '--prot'.*\(Did you mean --port\?\)/],
    [['start', '--status_fil', 'x'], /unknown option '--status_fil'.*\(Did you mean --status-file\?\)/],
    [['stat'], /unknown command 'stat'.*\(Did you mean (start|status)/],
    [['restart'], /missing required argument 'name'/],
    [['start', '--port'], /option '--port <number>' argument missing/],
    [['start', '--port', '70000'], /'70000' is invalid.*A port is a number from 0 to 65535\./],
    [['start', '--port', '1e3'], /A port is a number from 0 to 65535\./],
    [['start', '--port', '-1'], /A port is a number from 0 to 65535\./],
    [['stop', 'now'], /too many arguments/],
  ];
  for (const [words, sentence] of faults) await assertFails(folder, words, sentence);
});

test('a port in use is named, and what had started is undone', async (t) => {
  const other = createServer().listen(0, '127.0.0.1');
  t.after(() => other.close());
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const folder = await newFolder(t);
  const sentence = `port ${port} of 127.0.0.1 is in use: stop what holds it, or choose another with --port`;
  const whole = new RegExp(`^eot-server: WebServer failed before it was ready: ${sentence}\n$`);
  await assertFails(folder, ['start', '--port', String(port)], whole);
  assert.deepEqual(runFiles(folder), []);
  await assertFails(
    folder,
    ['start', '--port', '0', '--host', '192.0.2.1'],
    /192\.0\.2\.1 is no address of this machine/,
  );
});

test('paths that cannot be written are named, with the option to change', async (t) => {
  const folder = await newFolder(t);
  await writeFile(join(folder, 'file'), '');
  const start = ['start', '--port', '0'];
  for (const where of ['file/x', 'nowhere/x']) {
    await assertFails(
      folder,
      [...start, '--log-path', where],
      /^eot-server: the log \/\S+ cannot be written \(.*\): choose another with --log-path\n$/,
    );
    await assertFails(
      folder,
      [...start, '--lock-file', where],
      /^eot-server: the lock \/\S+ cannot be taken \(.*\): choose another with --lock-file\n$/,
    );
    await assertFails(
      folder,
      [...start, '--control-socket', where],
      /^eot-server: the control socket \/\S+ cannot be opened \(.*\): choose another with --control-socket\n$/,
    );
  }
  await assertFails(folder, [...start, '--log-path', '.'], /^eot-server: the log \/\S+ cannot be written/);
  assert.deepEqual(runFiles(folder), []);
});

test('settings that cannot be had are named, with the line', async (t) => {
  const folder = await newFolder(t);
  for (const words of [['start'], ['check'], ['stop']])
    await assertFails(
      folder,
      [...words, '--settings', 'no.ts'],
      /^eot-server: there is no settings file no\.ts: name one with --settings\n$/,
    );

  const base = "import { defaultSettings } from 'eot-server';\nconst base = defaultSettings();\n";
  const faults: [string, RegExp][] = [
    [
      '\n\nexport default { services: [ };',
      /^eot-server: settings\.ts cannot be loaded: .*settings\.ts:3:29: .*Unexpected "}"/,
    ],
    [
      "\nthrow new Error('no moon');",
      /^eot-server: settings\.ts cannot be loaded: no moon \(settings\.ts:2\)\n$/,
    ],
    ["throw 'a string';", /^eot-server: settings\.ts cannot be loaded: a string\n$/],
    [
      "import './helper.js';\nexport default {};",
      /^eot-server: settings\.ts cannot be loaded: Cannot find module .*helper\.js/,
    ],
    [
      "import { Nothing } from 'eot-server';\nexport default { services: [Nothing] };",
      /does not provide an export named 'Nothing'/,
    ],
    [
      base,
      /^eot-server: settings\.ts has no default export: end it with "export default \{ services: \[…\], … \}"\n$/,
    ],
    ['export default {};', /^eot-server: settings\.ts has a fault: services: /],
    [
      `${base}export default { ...base, port: '80', colour: 1 };`,
      /^eot-server: settings\.ts has faults: port: .*number.*; .*"colour"/,
    ],
    [
      `${base}export default { ...base, services: [{}] };`,
      /services\.0: must be a class of services, or one with\(…\) options\n$/,
    ],
    [`${base}export default { ...base, tasks: { X: 1 } };`, /tasks\.X: must be a class of tasks\n$/],
    [
      `${base}export default { ...base, log: { level: 7 } };`,
      /^eot-server: settings\.ts has a fault: log\.level: .*string/,
    ],
  ];
  for (const [text, sentence] of faults) {
    const own = await folderWith(t, text);
    await assertFails(own, ['check'], sentence);
  }
  const broken = await folderWith(t, 'export default { services: [ };', 'settings.js');
  await assertFails(
    broken,
    ['start'],
    /^eot-server: settings\.js cannot be loaded: .*settings\.js:1:29: .*Unexpected "}"\n$/,
  );
});

test('--verbose tells the cause of a failure too', async (t) => {
  const folder = await folderWith(t, "\nthrow new Error('no moon');");
  const { code, err } = await run(folder, ['check', '--verbose']);
  assert.equal(code, 1);
  assert.match(
    err,
    /^eot-server: settings\.ts cannot be loaded: no moon \(settings\.ts:2\)\nError: no moon\n +at .*settings\.ts:2/,
  );
});
