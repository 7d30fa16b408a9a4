import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { launchChromium, withoutChromium } from '../helpers/chromium.js';
import { folderBeneath, shell } from '../helpers/packed.js';
import { newFolder, root, run } from '../helpers/server.js';

const FILES = [
  '.gitignore',
  'package.json',
  'pages/index.html',
  'pages/page.js',
  'services/clock.ts',
  'settings.ts',
  'tasks/greet.ts',
  'test/lobby.test.ts',
  'tsconfig.json',
];

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort();
}

test('init from the tarball writes a project that is good, passes its test and has no fault of types', async () => {
  const folder = await folderBeneath();
  const said = 'are written to board; next: cd board && npm test && npm start\n';
  assert.equal(await shell(folder, 'eot-server init board'), `${FILES.length} files ${said}`);
  const board = join(folder, 'board');
  assert.deepEqual(await filesOf(board), FILES);
  assert.match(
    await shell(board, 'npm run --silent check'),
    /^the settings are good: \d+ services, \d+ tasks\n$/,
  );
  assert.match(await shell(board, 'npm test'), /^# pass 3\n# fail 0$/m);
  const compiler = join(root, 'node_modules', 'tsc7', 'bin', 'tsc');
  assert.equal(await shell(board, `'${process.execPath}' '${compiler}' -p .`), '');
});

test('the page of the project greets, also in words that a reload brought, and shows the time', {
  skip: withoutChromium,
}, async (t) => {
  const folder = await folderBeneath();
  await shell(folder, 'eot-server init board');
  const board = join(folder, 'board');
  t.after(() => shell(board, 'eot-server stop'));
  await shell(
    board,
    'eot-server start --port 0 > said 2>&1 & until grep -q listening said; do sleep 0.1; done',
  );
  const url = /http:\S+/.exec(await readFile(join(board, 'said'), 'utf8'))?.[0] ?? '';
  const page = await (await launchChromium()).newPage();
  await page.goto(url);
  await page.getByLabel('Your name').fill('<b>Ann</b>');
  await page.getByRole('button', { name: 'Greet' }).click();
  await page.getByText('Hello, <b>Ann</b>!').waitFor();
  const task = join(board, 'tasks', 'greet.ts');
  await writeFile(task, (await readFile(task, 'utf8')).replace('Hello', 'Good day'));
  await shell(board, 'eot-server reload');
  await page.getByRole('button', { name: 'Greet' }).click();
  await page.getByText('Good day, <b>Ann</b>!').waitFor();
  await page.waitForFunction(() => /\d/.test(document.querySelector('time')?.textContent ?? ''));
  await page.goto(`${url}/panel`);
  assert.equal((await fetch(`${url}/panel.js`)).status, 200);
});

test('init overwrites nothing: it names what is there, and writes nothing else', async (t) => {
  const folder = await newFolder(t);
  await mkdir(join(folder, 'tasks'));
  for (const name of ['settings.ts', 'tasks/greet.ts']) await writeFile(join(folder, name), 'mine');
  const { code, out, err } = await run(folder, ['init', '.']);
  assert.deepEqual([code, out], [1, '']);
  const sentence = '. has settings.ts, tasks/greet.ts already: name a folder that is new or empty';
  assert.equal(err, `eot-server: ${sentence}\n`);
  assert.deepEqual(await filesOf(folder), ['settings.ts', 'tasks/greet.ts']);
  assert.equal(await readFile(join(folder, 'settings.ts'), 'utf8'), 'mine');
});

test('the project has its folder’s name, needs the version that wrote it, and is told how to get it', async (t) => {
  const folder = await newFolder(t);
  const { out } = await run(folder, ['init', 'My Board!']);
  assert.match(out, /next: cd 'My Board!' && npm link eot-server && npm test && npm start\n$/);
  const written = JSON.parse(await readFile(join(folder, 'My Board!', 'package.json'), 'utf8'));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  assert.equal(written.name, 'my-board');
  assert.equal(written.dependencies['eot-server'], `^${version}`);
});
