import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { launchChromium, withoutChromium } from '../helpers/chromium.js';
import { folderBeneath, packedProgram, shell } from '../helpers/packed.js';
import { newFolder, root, startServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';
import { type Block, blocksOf } from './blocks.js';

const blocks = await blocksOf('README.md');
const run = promisify(execFile);

/** Shell blocks that the two stories below run. */
const shells = blocks.filter(({ language }) => language === 'sh');
const files = blocks.filter(({ language }) => language === 'ts');
const [page] = blocks.filter(({ language }) => language === 'html');

async function write(folder: string, { title, text }: Block): Promise<void> {
  const file = join(folder, title);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

test('every block is of a kind that is run here', () => {
  const known = ['sh', 'text', 'html', 'ts'];
  assert.deepEqual(
    blocks.filter(({ language }) => !known.includes(language)),
    [],
  );
  assert.deepEqual(
    shells.map(({ title }) => title),
    ['start', '', 'project', '', 'testing', 'serving'],
  );
  assert.deepEqual(
    files.map(({ title }) => title),
    ['tasks/greet.ts', 'settings.ts', 'services/clock.ts', 'settings.ts', 'test/greet.test.ts'],
  );
});

test('npm start serves, and an order reaches a panel', async (t) => {
  const [start, order] = shells;
  assert.ok(start && order);
  const folder = await newFolder(t);
  const runFiles = ['status-file', 'accept-file', 'control-socket', 'lock-file', 'log-path'];
  const args = runFiles.map(
    (name) => `--${name} ${join(folder, name === 'status-file' ? 'status.eot' : name)}`,
  );
  const command = `${start.text.trim()} -- --port 0 ${args.join(' ')}`;
  const child = spawn('sh', ['-c', command], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  t.after(() => child.pid && child.exitCode === null && process.kill(-child.pid, 'SIGKILL'));
  let url = '';
  for await (const line of createInterface(child.stdout)) {
    url = /^eot-server is listening on (.*)$/.exec(line)?.[1] ?? '';
    if (url) break;
  }
  assert.equal(`eot-server is listening on ${url}`.replace(/\d+$/, '1873'), start.prints?.trim());
  const panel = await Visitor.to(t, { url }, '/websocket');
  assert.equal(await panel.next(), 'Connected to EOT Server');
  await run('sh', ['-ec', order.text], { cwd: folder });
  assert.equal(await panel.next(), '7');
  panel.send('Accept&7');
  assert.equal(await panel.next(), 'Accepted state: 7');
  assert.equal(await readFile(join(folder, 'accept-file'), 'utf8'), '7\n');
  if (child.pid) process.kill(-child.pid, 'SIGTERM');
  await once(child, 'exit');
});

test('the task is listed, checked and called from the six lines', { skip: withoutChromium }, async (t) => {
  const [, , , check] = shells;
  const [task, settings] = files;
  assert.ok(check && task && settings && page);
  const folder = await folderBeneath();
  await write(folder, task);
  await write(folder, settings);
  assert.equal(await shell(folder, check.text), check.prints);
  const server = await startServer(t, { folder, program: await packedProgram() });
  const listener = await Visitor.in(t, server, 'lobby');
  const browser = await launchChromium();
  const tab = await browser.newPage();
  await tab.route('**/six-lines', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<body>${page.text}` }),
  );
  await tab.goto(`${server.url}/six-lines`);
  await tab.waitForFunction(() => document.body.textContent?.includes('Hello, Ann!'));
  assert.equal((await listener.nextJson()).data, 'Hello, Ann!');
  const refused = await listener.ask({ task: 'Greet', data: '' });
  assert.deepEqual(refused.error, { code: 'bad-data', message: 'whom shall I greet?' });
});

test('the service tells the time, and the commands command', async (t) => {
  const commands = shells.at(-1);
  assert.ok(commands);
  const folder = await folderBeneath();
  for (const file of files) await write(folder, file);
  const server = await startServer(t, { folder, program: await packedProgram() });
  const listener = await Visitor.in(t, server, 'lobby');
  const time = await listener.until(({ task }) => task === 'Time');
  assert.match(String(time.data), /^\d{4}-\d\d-\d\dT/);
  const printed = await shell(folder, commands.text);
  assert.match(printed, /│ Clock +│ enabled/, 'status');
  assert.match(printed, /"name":"Clock","state":"enabled"/, 'status --json');
  assert.match(printed, /^Router has been restarted$/m);
  assert.match(printed, /^reloaded in \d+ ms: 0 files have changed$/m);
  assert.match(printed, /^Clock · enabled/m, 'eot-server-command');
  assert.match(printed, /eot-server has stopped\n$/);
  assert.equal(await server.end(), 0);
});

test('a project is written, and it passes its test and the README’s', async () => {
  const [, , project, , testing] = shells;
  assert.ok(project && testing);
  const folder = await folderBeneath();
  await shell(folder, project.text);
  assert.match(await shell(join(folder, 'board'), 'npm test'), /^# fail 0$/m);
  for (const file of files) await write(folder, file);
  assert.match(await shell(folder, testing.text), /^# pass 1\n# fail 0$/m);
});
