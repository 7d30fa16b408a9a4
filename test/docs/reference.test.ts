import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import * as testing from 'eot-server/testing';
import * as client from '../../src/client/eot-client.js';
import * as server from '../../src/index.js';
import { newFolder, root } from '../helpers/server.js';

const DOORS = { 'eot-server': server, 'eot-server-client': client, 'eot-server-testing': testing };

test('the reference says of every public name what it is', async (t) => {
  const folder = await newFolder(t);
  // It fails when a public name has no doc comment.
  await promisify(execFile)(process.execPath, [join(root, '.ci', 'reference.js'), folder]);
  for (const [page, door] of Object.entries(DOORS)) {
    const text = await readFile(join(folder, `${page}.md`), 'utf8');
    for (const name of Object.keys(door)) assert.match(text, new RegExp(`^## ${name}\n\n\\w`, 'm'), name);
  }
  const text = await readFile(join(folder, 'eot-server.md'), 'utf8');
  assert.match(text, /^## Request\n\nWhat a task is asked\./m, 'types, too');
  assert.match(text, /^- `readonly signal: AbortSignal`: Aborts at the deadline/m, 'and their members');
  assert.match(text, /^- `maxFrame\?: number`: The longest frame/m, 'and the options of services');
  assert.doesNotMatch(text, /#private/);
});
