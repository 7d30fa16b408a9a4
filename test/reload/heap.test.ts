import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startProject } from '../helpers/project.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const TASKS = Array.from({ length: 50 }, (_, n) => `Task${n}`);
const RELOADS = 200;
/** What they may cost, in bytes. */
const MOST = 20_000_000;

const FILES = {
  'settings.ts': settingsText({
    imports: `import { Heap } from './tasks/heap.js';
      ${TASKS.map((name) => `import { ${name} } from './tasks/${name}.js';`).join('\n')}`,
    change: `tasks: { ...base.tasks, Heap, ${TASKS} }`,
  }),
  'tasks/heap.ts': `
    import { Task } from 'eot-server';
    export class Heap extends Task {
      override main() { globalThis.gc?.(); globalThis.gc?.(); return process.memoryUsage().heapUsed; }
    }`,
  ...Object.fromEntries(
    TASKS.map((name, n) => [
      `tasks/${name}.ts`,
      `import { Task } from 'eot-server';
      ${n === 7 ? "import { word } from './lib/words.js';" : "const word = 'mine';"}
      /** Answers a word. */
      export class ${name} extends Task { override main(): string { return word; } }`,
    ]),
  ),
  'tasks/lib/words.ts': "export { word } from './deep/word.js';",
  'tasks/lib/deep/word.ts': "export const word = 'none';",
};

test('200 reloads that each change a helper grow the heap by less than 20 MB', async (t) => {
  const project = await startProject(t, FILES, { env: { NODE_OPTIONS: '--expose-gc' } });
  const visitor = await Visitor.in(t, project);
  const heap = async (): Promise<number> => Number((await visitor.ask({ task: 'Heap' })).data);
  const before = await heap();
  for (let n = 1; n <= RELOADS; n++) {
    await project.write('tasks/lib/deep/word.ts', `export const word = 'word ${n}';`);
    assert.match(String(await project.reload()), /^reloaded .*a task renewed: Task7$/);
  }
  assert.equal((await visitor.ask({ task: 'Task7' })).data, `word ${RELOADS}`);
  const grown = (await heap()) - before;
  assert.ok(grown < MOST, `it has grown by ${Math.round(grown / 1e6)} MB`);
});
