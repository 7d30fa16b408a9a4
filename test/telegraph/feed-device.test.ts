import assert from 'node:assert/strict';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { eventually } from '../helpers/eventually.js';
import { newFolder } from '../helpers/server.js';
import { startFeeding } from './feeding.js';

const run = promisify(execFile);
const SCRIPT = '/usr/bin/script';
const withoutScript =
  existsSync(SCRIPT) || process.env.CI === 'true' ? false : `There is no pseudo-terminal without ${SCRIPT}.`;

/** A pseudo-terminal that plays a serial device: what is written to `stdin` arrives there, and with the process it is unplugged. */
async function plug(t: TestContext, folder: string): Promise<ChildProcess & { tty: string }> {
  const names = await newFolder(t);
  const inside = `tty > ${names}/tty; mv ${names}/tty ${names}/name; exec sleep 60`;
  const child = spawn(SCRIPT, ['-qfc', inside, '/dev/null'], { stdio: ['pipe', 'ignore', 'ignore'] });
  t.after(() => child.kill('SIGKILL'));
  const named = async () =>
    existsSync(join(names, 'name')) && (await run('cat', [join(names, 'name')])).stdout;
  const tty = (await eventually(named, 'there is a pseudo-terminal')).trim();
  await symlink(tty, join(folder, 'new'));
  await rename(join(folder, 'new'), join(folder, 'device'));
  return Object.assign(child, { tty });
}

test('a serial device is set raw, 9600 8N1, feeds, is unplugged, and feeds again', {
  skip: withoutScript,
}, async (t) => {
  const folder = await newFolder(t);
  const feeding = await startFeeding(t, ['device'], folder);
  await feeding.untilSaid(/device cannot be read: it is opened again when it can/);
  const first = await plug(t, folder);
  await feeding.untilSaid(/device is read/);
  const { stdout } = await run('stty', ['-F', first.tty, '-a']);
  assert.match(stdout, /speed 9600 baud/);
  for (const flag of ['-icanon', '-echo', 'cs8', '-parenb', '-cstopb', '-icrnl', '-isig'])
    assert.match(stdout, new RegExp(`(^|\\s)${flag}\\b`), flag);
  first.stdin?.write('noise\r\n7\r\n');
  await feeding.untilStatus(7);
  assert.match(feeding.said(), /skipped "noise"/);
  first.stdin?.write('1');
  first.kill('SIGKILL');
  await feeding.untilSaid(/device (cannot be read|has ended)[\s\S]*device (cannot be read|has ended)/);
  const second = await plug(t, folder);
  await feeding.untilSaid(/device is read[\s\S]*device is read/);
  second.stdin?.write('1\n');
  await feeding.untilStatus(1);
  assert.equal(feeding.process.exitCode, null);
});

test('a pipe feeds for as many writers as come, and a plain file to its end', async (t) => {
  const folder = await newFolder(t);
  await run('mkfifo', [join(folder, 'pipe')]);
  const feeding = await startFeeding(t, ['pipe'], folder);
  await feeding.untilSaid(/pipe is read/);
  for (const order of [4, 5, 6]) {
    await writeFile(join(folder, 'pipe'), `${order}\n`);
    await feeding.untilStatus(order);
  }
  feeding.process.kill('SIGTERM');
  await feeding.end();
  await writeFile(join(folder, 'file'), '1\n2\n3');
  const reading = await startFeeding(t, ['file'], folder);
  assert.equal(await reading.end(), 0);
  await reading.untilStatus(3);
});
