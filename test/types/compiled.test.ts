import assert from 'node:assert/strict';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../helpers/server.js';
import { faults, NODE_NEXT, newProject } from './typed-project.js';

const project = join(root, 'test', 'types', 'project');

const BUNDLER = { module: 'ESNext', moduleResolution: 'bundler', types: ['node'], skipLibCheck: true };
const BROWSER = { ...BUNDLER, lib: ['ES2022', 'DOM'], types: [], skipLibCheck: false };

// A page that takes the types of its settings takes Node's with them: those of the packages are not checked.
const PAGE = { ...BROWSER, skipLibCheck: true };

for (const [name, options] of Object.entries({ NODE_NEXT, BUNDLER, PAGE }))
  test(`the settings type the client, and what is wrong is an error: ${name}`, async (t) => {
    const folder = await newProject(t, options);
    await cp(project, folder, { recursive: true });
    assert.deepEqual(await faults(folder), []);
  });

test('each wrong line is an error, and no other', async (t) => {
  const folder = await newProject(t, NODE_NEXT);
  await cp(project, folder, { recursive: true });
  const wanted: string[] = [];
  for (const file of ['page.ts', 'settings.ts']) {
    const lines = (await readFile(join(folder, file), 'utf8')).split('\n');
    const marks = lines.flatMap((line, at) => (line.includes('@ts-expect-error') ? [at] : []));
    wanted.push(...marks.map((at) => `${file}:${at + 2}`));
    await writeFile(join(folder, file), lines.join('\n').replaceAll('@ts-expect-error', ''));
  }
  assert.ok(wanted.length > 15);
  const found = (await faults(folder)).filter((line) => !line.startsWith(' '));
  const places = found.map((line) => line.replace(/^.*?(\w+\.ts)\((\d+),.*$/, '$1:$2'));
  assert.deepEqual([...new Set(places)].sort(), wanted.sort());
  // Wrong in the types, and not for want of a module.
  for (const line of found) assert.match(line, /error TS2(?!30[57])\d{3}/);
});

test('the client is for a browser project that knows no Node', async (t) => {
  const folder = await newProject(t, BROWSER);
  await writeFile(
    join(folder, 'page.ts'),
    `import { EotClient, EotError } from 'eot-server/client';
const client = new EotClient({ room: 'lobby' });
client.on('error', (error: EotError) => document.body.append(error.code));
client.join('deck', ({ data }) => document.body.append(String(data))).catch(console.error);
`,
  );
  assert.deepEqual(await faults(folder), []);
});
