import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { WebSocket } from 'ws';
import { complete } from '../../src/client/options.js';
import { launchChromium, withoutChromium } from '../helpers/chromium.js';
import { eventually } from '../helpers/eventually.js';
import { root, startServer } from '../helpers/server.js';
import { faults, NODE_NEXT, newProject } from '../types/typed-project.js';
import { blocksOf } from './readme-blocks.js';

const blocks = (await blocksOf('docs/client.md')).filter(({ language }) => language !== 'text');

/** The text of a file of the guide: all its blocks. */
const textOf = (file: string) =>
  blocks
    .filter(({ title }) => title === file)
    .map(({ text }) => text)
    .join('');

/** What its blocks print. */
const printsOf = (file: string) =>
  blocks
    .filter(({ title }) => title === file)
    .map(({ prints }) => prints ?? '')
    .join('');

/** All files of the guide in a project that has the package. */
async function kitchen(t: TestContext): Promise<string> {
  const folder = await newProject(t, NODE_NEXT);
  for (const { title } of blocks.filter(({ title }) => title !== '')) {
    await mkdir(join(folder, dirname(title)), { recursive: true });
    await writeFile(join(folder, title), textOf(title));
  }
  return folder;
}

test('every block is of a file, or a page', () => {
  const names = new Set(blocks.map(({ language, title }) => title || language));
  assert.deepEqual(
    [...names],
    ['tasks/cook.ts', 'tasks/price.ts', 'settings.ts', 'page.ts', 'worker.js', 'node.mjs', 'html'],
  );
});

test('the kitchen compiles', async (t) => {
  assert.deepEqual(await faults(await kitchen(t)), []);
});

test('the page prints what the guide says', { skip: withoutChromium }, async (t) => {
  const folder = await kitchen(t);
  const server = await startServer(t, { folder });
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'page.ts')],
    bundle: true,
    format: 'esm',
    write: false,
    logLevel: 'silent',
  });
  const page = await (await launchChromium()).newPage();
  const printed: string[] = [];
  page.on('console', (message) => message.type() === 'log' && printed.push(`${message.text()}\n`));
  const body = `<script type="module">${outputFiles[0]?.text}</script>`;
  await page.route('**/kitchen', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.goto(`${server.url}/kitchen`);
  await eventually(() => printed.includes('closed\n'), 'the client is closed');
  assert.equal(printed.join(''), printsOf('page.ts'));
});

test('the worker and the page of the ancestor hear what is ready', { skip: withoutChromium }, async (t) => {
  const server = await startServer(t, { folder: await kitchen(t) });
  const page = await (await launchChromium()).newPage();
  const body = `<!doctype html><body>${blocks.find(({ language }) => language === 'html')?.text}`;
  await page.route('**/kitchen', (route) => route.fulfill({ contentType: 'text/html', body }));
  await page.route('**/worker.js', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: textOf('worker.js') }),
  );
  await page.goto(`${server.url}/kitchen`);
  await page.waitForFunction(() => document.body.textContent?.includes('cake'));
  const heard = await page.evaluate(
    () =>
      new Promise((resolve) => {
        new Worker('/worker.js').onmessage = ({ data }) => resolve(data);
      }),
  );
  assert.equal(heard, 'pie');
});

test('the program of Node prints what the guide says', async (t) => {
  const folder = await kitchen(t);
  const server = await startServer(t, { folder });
  await writeFile(join(folder, 'node.mjs'), textOf('node.mjs').replace('1873', String(server.port)));
  const { stdout } = await promisify(execFile)(process.execPath, ['node.mjs'], { cwd: folder });
  assert.equal(stdout, printsOf('node.mjs'));
});

test('every option is in the table', async () => {
  const text = await readFile(join(root, 'docs', 'client.md'), 'utf8');
  const options = complete({ url: 'ws://127.0.0.1/ws', room: 'kitchen', WebSocket });
  for (const name of Object.keys(options)) assert.ok(text.includes(`| \`${name}\` |`), name);
});
