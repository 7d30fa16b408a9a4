import assert from 'node:assert/strict';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium, type Page } from 'playwright-core';
import { blocksOf } from '../docs/readme-blocks.js';
import { ARGS, openPage, PATH, withoutChromium } from '../helpers/chromium.js';
import { newFolder, root, startServer } from '../helpers/server.js';

async function say(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Words').fill(text);
  await page.getByRole('button', { name: 'Say' }).click();
}

const hears = (page: Page, words: string) =>
  page.getByRole('listitem').getByText(words, { exact: true }).waitFor();

test('two browsers hear each other, also what was written while the server was away', {
  skip: withoutChromium,
}, async (t) => {
  const [run] = await blocksOf('examples/chat/README.md');
  assert.equal(run?.text, 'eot-server start\n');
  const folder = await newFolder(t);
  await cp(join(root, 'examples', 'chat'), folder, { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  await symlink(join(root, 'node_modules', 'zod'), join(folder, 'node_modules', 'zod'));
  const server = await startServer(t, { folder });

  const ann = await openPage(t, server.url);
  const other = await chromium.launch({ executablePath: PATH, args: ARGS });
  t.after(() => other.close());
  const bob = await other.newPage();
  await bob.goto(server.url);
  await say(ann, 'Ann', 'Is anybody there?');
  await hears(bob, 'Ann: Is anybody there?');
  await say(bob, 'Bob', '<b>I am.</b>');
  await hears(ann, 'Bob: <b>I am.</b>');

  await say(ann, 'Ann', ' ');
  await ann.getByText('text: Too small').waitFor();

  assert.equal(await server.end('SIGTERM'), 0);
  const note = bob.getByRole('status');
  await note.getByText('There is no connection.').waitFor();
  await say(bob, 'Bob', 'Still here.');
  await startServer(t, { folder, port: server.port });
  await hears(bob, 'Bob: Still here.');
  assert.equal(await note.textContent(), '');
});
