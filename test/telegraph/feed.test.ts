import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { newFolder, startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';
import { startFeeding, status } from './feeding.js';

test('what is fed on standard input moves every panel, and only the orders of it', async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '1\n' } });
  const panel = await Visitor.to(t, server, '/websocket');
  assert.deepEqual([await panel.next(), await panel.next()], ['Connected to EOT Server', '1&1']);
  const feeding = await startFeeding(t, [], server.folder);
  for (const [fed, order] of [
    ['7\n', '7'],
    ['8\r\n', '8'],
    ['  9 \n\n', '9'],
    ['0\n12\n-1\n1.5\n07\n1e0\n<img>\n\0\n10\n', '10'],
    [`${'1'.repeat(100_000)}\n11`, undefined],
  ] as const) {
    feeding.process.stdin.write(fed);
    if (order) assert.equal(await panel.next(), order);
  }
  feeding.process.stdin.end();
  assert.equal(await panel.next(), '11', 'the last line needs no end');
  assert.equal(await feeding.end(), 0);
  assert.match(feeding.said(), /^eot-server: skipped "0": an order is a number from 1 to 11$/m);
  assert.match(feeding.said(), /^eot-server: skipped 8 more, the last of them "1{24}"…$/m);
  assert.deepEqual(
    (await readdir(server.folder)).filter((name) => name.startsWith('.')),
    [],
  );
});

test('noise at full speed neither grows nor floods; the order that comes last stands', async (t) => {
  const feeding = await startFeeding(t);
  const { stdin, pid } = feeding.process;
  const noise = Buffer.concat([randomBytes(1 << 20), Buffer.from('1\n2\n3\n'.repeat(10_000))]);
  const write = async (bytes: Buffer) => void (stdin.write(bytes) || (await once(stdin, 'drain')));
  const memory = async (): Promise<number> => {
    const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '0 0');
    return Number(text.split(' ')[1]) / 256;
  };
  for (let i = 0; i < 20; i++) await write(noise);
  const before = await memory();
  for (let i = 0; i < 100; i++) await write(noise);
  const grown = (await memory()) - before;
  stdin.end('\n5\n');
  assert.equal(await feeding.end(), 0);
  assert.equal(await status(feeding.folder), '5\n');
  assert.ok(grown < 30, `it grew by ${grown} MB`);
  const sentences = feeding.said().split('\n').length;
  assert.ok(sentences < 40, `${sentences} sentences were said`);
  assert.doesNotMatch(feeding.said(), /[^\x20-\x7e\n…]/, 'nothing that could command a terminal');
});

test('the status file is that of the settings or the option; its rights and a link to it are kept', async (t) => {
  const folder = await newFolder(t);
  await mkdir(join(folder, 'deep'));
  const [real, link] = [join(folder, 'deep', 'real'), join(folder, 'link')];
  await writeFile(real, '1\n');
  await chmod(real, 0o664);
  await symlink(real, link);
  await writeFile(join(folder, 'settings.ts'), settingsText({ change: "statusFile: './link'" }));
  const feeding = await startFeeding(t, ['-'], folder);
  feeding.process.stdin.end('3\n');
  assert.equal(await feeding.end(), 0);
  assert.equal(await readFile(real, 'utf8'), '3\n');
  assert.equal((await stat(real)).mode & 0o777, 0o664);
  const other = await startFeeding(t, ['-', '--status_file=other'], folder);
  other.process.stdin.end('4\n');
  await other.end();
  assert.equal(await readFile(join(folder, 'other'), 'utf8'), '4\n');
});

test('an order that says what the file says already leaves it alone', async (t) => {
  const feeding = await startFeeding(t);
  const file = join(feeding.folder, 'status.eot');
  feeding.process.stdin.write('3\n');
  await feeding.untilStatus(3);
  const { ino } = await stat(file);
  feeding.process.stdin.end('3\n3\n');
  await feeding.end();
  assert.equal((await stat(file)).ino, ino);
});

test('a status file that cannot be written is said, and fails the feeder when it was the last word', async (t) => {
  const feeding = await startFeeding(t, ['--status-file', 'gone/status']);
  feeding.process.stdin.write('3\n');
  await feeding.untilSaid(/the status file cannot be written: ENOENT/);
  await mkdir(join(feeding.folder, 'gone'));
  feeding.process.stdin.end('4\n');
  assert.equal(await feeding.end(), 0, 'it was written at last');
  const lost = await startFeeding(t, ['--status-file', 'nowhere/status']);
  lost.process.stdin.end('4\n');
  assert.equal(await lost.end(), 1);
  assert.match(lost.said(), /eot-server: the last order did not reach .*nowhere\/status\n$/);
});
