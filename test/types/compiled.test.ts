import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { newFolder, root } from '../helpers/server.js';

const compiler = join(dirname(createRequire(import.meta.url).resolve('tsc7/package.json')), 'bin', 'tsc');
const project = join(root, 'test', 'types', 'project');

const NODE_NEXT = { module: 'NodeNext', moduleResolution: 'NodeNext', types: ['node'], skipLibCheck: true };
const BUNDLER = { module: 'ESNext', moduleResolution: 'bundler', types: ['node'], skipLibCheck: true };
const BROWSER = { ...BUNDLER, lib: ['ES2022', 'DOM'], types: [], skipLibCheck: false };

/** A project of a user's own, in which the package is installed. */
async function newProject(t: TestContext, compilerOptions: object): Promise<string> {
  const folder = await newFolder(t);
  await mkdir(join(folder, 'node_modules', '@types'), { recursive: true });
  await symlink(root, join(folder, 'node_modules', 'eot-server'));
  for (const name of ['zod', '@types/node'])
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const options = { target: 'ES2022', strict: true, noEmit: true, ...compilerOptions };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  return folder;
}

/** What the compiler finds wrong, a line each. */
function faults(folder: string): Promise<string[]> {
  return new Promise((resolve) =>
    execFile(process.execPath, [compiler, '-p', folder], (_, out) =>
      resolve(out.split('\n').filter((line) => line !== '')),
    ),
  );
}

for (const [name, options] of Object.entries({ NODE_NEXT, BUNDLER }))
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
