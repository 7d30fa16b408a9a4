import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { newFolder, root } from '../helpers/server.js';

/** Takes the lock when it is told to, tells what came of it, and lives on. */
const RACER = `
  const { Lock } = await import(process.argv[1]);
  process.stdin.once('data', () =>
    new Lock(process.argv[2], () => undefined).acquire().then(() => console.log('won'), (error) => console.log(error.message)));
  console.log('ready');`;

const MODULE = join(root, 'build', 'src', 'infra', 'lock.js');

interface Racer {
  child: ChildProcess;
  lines: NodeJS.AsyncIterator<string>;
}

async function racer(t: TestContext, file: string): Promise<Racer> {
  const words = ['--input-type=module', '-e', RACER, MODULE, file];
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'pipe', 'inherit'] });
  t.after(() => child.kill('SIGKILL'));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  assert.equal((await lines.next()).value, 'ready');
  return { child, lines };
}

/** What a server leaves that was killed a while ago. */
async function leaveBehind(file: string): Promise<void> {
  const { pid } = spawn('true');
  await writeFile(file, `${pid} long-ago\n`);
  await mkdir(`${file}.d`);
  const old = new Date(Date.now() - 10_000);
  await utimes(`${file}.d`, old, old);
}

test('of processes that find a stale lock in the same moment exactly one takes it over', async (t) => {
  for (let round = 1; round <= 4; round++) {
    const file = join(await newFolder(t), 'server.lock');
    const racers = await Promise.all(Array.from({ length: 6 }, () => racer(t, file)));
    await leaveBehind(file);
    for (const { child } of racers) child.stdin?.write('go');
    const told = await Promise.all(racers.map(async ({ lines }) => String((await lines.next()).value)));
    assert.equal(told.filter((line) => line === 'won').length, 1, `round ${round}: ${told.join('; ')}`);
    const winner = racers[told.indexOf('won')]?.child.pid;
    assert.match(await readFile(file, 'utf8'), new RegExp(`^${winner} `));
    for (const line of told) assert.match(line, new RegExp(`^won$|^already started: pid ${winner} holds`));
    for (const { child } of racers) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
});

test('the id of a killed holder that another process has now does not stand in the way', async (t) => {
  const file = join(await newFolder(t), 'server.lock');
  await leaveBehind(file);
  await writeFile(file, `${process.pid} 00000000-0000-0000-0000-000000000000:1\n`);
  const { child, lines } = await racer(t, file);
  child.stdin?.write('go');
  assert.equal((await lines.next()).value, 'won');
});
