import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { launchChromium, withoutChromium } from '../helpers/chromium.js';
import { folderBeneath, packedProgram, shell } from '../helpers/packed.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { type Block, blocksOf } from './blocks.js';

const blocks = await blocksOf('docs/first-service-and-task.md');
const [init, ...steps] = blocks.filter(({ language }) => language !== 'text');

/** Does what the guide says, word by word, up to the blocks of this title. */
async function follow(title: string): Promise<string> {
  assert.ok(init);
  const folder = await folderBeneath();
  await shell(folder, init.text);
  const project = join(folder, 'dice');
  for (const step of steps) {
    if (step.title === title) break;
    if (step.language === 'sh') await type(project, step);
    else await write(project, step);
  }
  return project;
}

async function type(project: string, { title, text, prints }: Block): Promise<void> {
  if (title === 'start') return;
  const printed = await shell(project, text);
  if (prints !== undefined) assert.equal(printed, prints);
  if (text.includes('npm test')) assert.match(printed, /^# pass [1-9]\n# fail 0$/m);
}

async function write(project: string, { title, text }: Block): Promise<void> {
  await mkdir(dirname(join(project, title)), { recursive: true });
  await writeFile(join(project, title), text);
}

const start = async (t: TestContext, folder: string): Promise<TestServer> =>
  startServer(t, { folder, program: await packedProgram() });

test('the guide is typed and run word by word, and its commands print what it says', async (t) => {
  const project = await follow('serving');
  const serving = steps.find(({ title }) => title === 'serving');
  const started = steps.find(({ title }) => title === 'start');
  assert.ok(serving && started);
  const server = await start(t, project);
  assert.equal(
    `eot-server is listening on ${server.url}\n`.replace(/\d+$/m, '1873'),
    started.prints,
    'what npm start prints',
  );
  await type(project, serving);
});

test('the page of the guide rolls, and names the winner', { skip: withoutChromium }, async (t) => {
  const folder = await folderBeneath();
  assert.ok(init);
  await shell(folder, init.text);
  const project = join(folder, 'dice');
  for (const step of steps) if (step.title.includes('.')) await write(project, step);
  const server = await start(t, project);
  const browser = await launchChromium();
  const [mine, yours] = [await browser.newPage(), await browser.newPage()];
  await yours.goto(server.url);
  await mine.goto(server.url);
  await mine.getByLabel('Your name').fill('Ann');
  await mine.getByRole('button', { name: 'Roll' }).click();
  await yours.getByText(/^Ann rolls \d and has \d$/).waitFor();
  await yours.getByText(/^Ann wins with \d!$/).waitFor();
});
