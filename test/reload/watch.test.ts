import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { test } from 'node:test';
import { eventually } from '../helpers/eventually.js';
import { type Project, startProject } from '../helpers/project.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const task = (word: string): string => `
  import { Task } from 'eot-server';
  export class Greet extends Task { override main() { return '${word}'; } }`;

const SETTINGS = settingsText({
  imports: "import { Greet } from './tasks/deep/greet.js';",
  change: 'tasks: { ...base.tasks, Greet }',
});

/** What a server prints, line by line; resolves with the next line that matches. */
function linesOf({ printed }: Project): (wanted: RegExp) => Promise<string> {
  let seen = 0;
  return (wanted) =>
    eventually(() => {
      const lines = printed().split('\n').slice(0, -1);
      const at = lines.findIndex((line, n) => n >= seen && wanted.test(line));
      if (at < 0) return undefined;
      seen = at + 1;
      return lines[at];
    }, `it prints ${wanted}`);
}

test('with --watch it reloads by itself, and says what it did', async (t) => {
  const project = await startProject(
    t,
    { 'settings.ts': SETTINGS, 'tasks/deep/greet.ts': task('one') },
    { args: ['--watch'] },
  );
  const next = linesOf(project);
  const visitor = await Visitor.in(t, project);
  const greeting = async (): Promise<unknown> => (await visitor.ask({ task: 'Greet' })).data;
  assert.equal(await next(/^it watches/), 'it watches 2 files and reloads when one changes');

  await project.write('tasks/deep/greet.ts', task('two'));
  await next(/^reloaded in \d+ ms: 1 file has changed$/);
  await next(/^a task renewed: Greet$/);
  assert.equal(await greeting(), 'two');

  // As editors do that write another file and put it in place.
  await project.write('tasks/deep/greet.ts~', task('three'));
  await rename(project.file('tasks/deep/greet.ts~'), project.file('tasks/deep/greet.ts'));
  await next(/^a task renewed: Greet$/);
  assert.equal(await greeting(), 'three');

  await project.write('lib/word.ts', 'export const word: string = ;');
  await project.write(
    'tasks/deep/greet.ts',
    `import { word } from '../../lib/word.js';${task('')}`.replace("''", 'word'),
  );
  await next(/^not reloaded: nothing has changed: .*lib\/word\.ts:1:28/);
  assert.equal(await greeting(), 'three');
  await project.write('lib/word.ts', "export const word: string = 'four';");
  await next(/^a task renewed: Greet$/);
  assert.equal(await greeting(), 'four');

  assert.equal(await project.end('SIGINT'), 0);
});

test('several files that are saved together are one reload', async (t) => {
  const project = await startProject(
    t,
    { 'settings.ts': SETTINGS, 'tasks/deep/greet.ts': task('one') },
    { args: ['--watch'] },
  );
  const next = linesOf(project);
  await next(/^it watches/);
  await Promise.all([
    project.write('tasks/deep/greet.ts', task('two')),
    project.write('settings.ts', SETTINGS.replace('tasks, Greet', 'tasks, Alias: Greet, Greet')),
  ]);
  await next(/^reloaded in \d+ ms: 2 files have changed$/);
});
