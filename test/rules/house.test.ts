import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { test } from 'node:test';
import { cruise, type IFlattenedRuleSet } from 'dependency-cruiser';
import { newFolder, root } from '../helpers/server.js';

const RULES = createRequire(import.meta.url)(
  join(root, 'test', 'rules', 'dependency-cruiser.cjs'),
) as IFlattenedRuleSet;
const PLACES = ['src', 'bin', 'settings.ts'];

/** What breaks the rules in a tree, each as `rule: importer -> imported`, and how many files were looked at. */
async function broken(baseDir: string, tsConfig?: string): Promise<{ faults: string[]; files: number }> {
  const { output } = await cruise(PLACES, {
    baseDir,
    ruleSet: RULES,
    validate: true,
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    ...(tsConfig ? { tsConfig: { fileName: tsConfig } } : {}),
  });
  if (typeof output === 'string') throw new Error(output);
  const { violations, totalCruised } = output.summary;
  return {
    faults: violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`),
    files: totalCruised,
  };
}

/** All files of the house, as paths from its root. */
async function filesOfTheHouse(): Promise<string[]> {
  const found = await Promise.all(
    ['src', 'bin'].map(async (place) => {
      const entries = await readdir(join(root, place), { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    }),
  );
  return [...found.flat(), join(root, 'settings.ts')];
}

test('folders import only from themselves and from those to their left, and no files in a circle', async () => {
  const { faults, files } = await broken(root, join(root, 'tsconfig.json'));
  assert.ok(files > 80, `${files} files were looked at`);
  assert.deepEqual(faults, []);
});

/** The rule, the importer and what it must not import. */
const FORBIDDEN: [string, string, string][] = [
  ['wire', 'src/wire/a.ts', 'src/infra/lock.ts'],
  ['infra', 'src/infra/a.ts', 'src/services/rooms/room.ts'],
  ['rooms', 'src/services/rooms/a.ts', 'src/services/calls/task.ts'],
  ['calls', 'src/services/calls/a.ts', 'src/services/doors/door.ts'],
  ['doors', 'src/services/doors/a.ts', 'src/services/dialects/dialect.ts'],
  ['dialects', 'src/services/dialects/a.ts', 'src/services/telegraph/file.ts'],
  ['telegraph', 'src/services/telegraph/a.ts', 'src/services/dialects/dialect.ts'],
  ['ops', 'src/services/ops/a.ts', 'src/services/telegraph/file.ts'],
  ['services', 'src/services/doors/b.ts', 'src/tasks/echo.ts'],
  ['tasks', 'src/tasks/a.ts', 'settings.ts'],
  ['settings', 'settings.ts', 'bin/start.ts'],
  ['bin', 'bin/a.ts', 'src/client/socket.ts'],
  ['testing', 'src/testing/a.ts', 'src/client/socket.ts'],
  ['client', 'src/client/a.ts', 'src/infra/lock.ts'],
  ['pages', 'src/pages/a.ts', 'src/services/rooms/room.ts'],
  ['tasks-are-listed-not-imported', 'bin/b.ts', 'src/tasks/echo.ts'],
  ['the-browser-has-no-packages', 'src/client/b.ts', 'node:fs'],
  ['one-importer-of-tsyringe', 'src/infra/b.ts', 'tsyringe'],
  ['all-is-found', 'src/infra/c.ts', 'no-such-package'],
  ['no-circles', 'src/infra/circle.ts', 'src/infra/lock.ts'],
];

test('each rule catches what it forbids', async (t) => {
  const folder = await newFolder(t);
  const texts = new Map<string, string>([['src/infra/lock.ts', "import './circle.js';\n"]]);
  for (const [, from, to] of FORBIDDEN) {
    if (to.endsWith('.ts') && !texts.has(to)) texts.set(to, '');
    const up = '../'.repeat(from.split('/').length - 1) || './';
    texts.set(from, `import '${to.endsWith('.ts') ? up + to.replace('.ts', '.js') : to}';\n`);
  }
  for (const [file, text] of texts) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  const { faults } = await broken(folder);
  for (const [rule, from, to] of FORBIDDEN)
    assert.ok(faults.includes(`${rule}: ${from} -> ${to.replace('node:', '')}`), `${rule}: ${from} -> ${to}`);
});

test('no file is longer than 200 lines', async () => {
  for (const file of await filesOfTheHouse()) {
    const lines = (await readFile(file, 'utf8')).split('\n').length - 1;
    assert.ok(lines <= 200, `${file} has ${lines} lines`);
  }
});

test('no file has a name that says nothing', async () => {
  for (const file of await filesOfTheHouse()) {
    const name = basename(file).split('.')[0] ?? '';
    const door = file === join(root, 'src', 'index.ts');
    assert.ok(door || !/^(utils?|types?|common|index|helpers?|misc)$/.test(name), file);
  }
});
