import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import type { Json } from '../../src/wire/json.js';
import { type Project, startProject } from '../helpers/project.js';
import { Visitor } from '../helpers/visitor.js';

const SETTINGS = `
  import { defaultSettings } from 'eot-server';
  import { Greet } from './tasks/greet.js';
  import { Heavy } from './tasks/heavy.js';
  import { Other } from './tasks/other.js';
  const base = defaultSettings();
  export default { ...base, tasks: { ...base.tasks, Greet, Heavy, Other } };`;

const FILES = {
  'settings.ts': SETTINGS,
  'tasks/greet.ts': `
    import { Task, type Request } from 'eot-server';
    import { hello } from './words/index.js';
    export class Greet extends Task {
      override async main({ data, say }: Request) {
        if (data === 'wait') await new Promise<void>((go) => { globalThis.go = go; say('waiting'); });
        return hello();
      }
    }`,
  'tasks/heavy.ts': `
    import { Task, type Request } from 'eot-server';
    import { threadId } from 'node:worker_threads';
    import { hello } from './words/index.js';
    export class Heavy extends Task {
      static override thread = import.meta.url;
      override main({ data, say }: Request) {
        if (data === 'wait') { say('waiting'); const until = Date.now() + 400; while (Date.now() < until); }
        return hello() + ' from ' + (threadId > 0 ? 'a thread' : 'the main thread');
      }
    }`,
  'tasks/other.ts': `
    import { Task } from 'eot-server';
    let calls = 0;
    export class Other extends Task { override main() { globalThis.go?.(); return ++calls; } }`,
  'tasks/words/index.ts': `export { hello } from './english/hello';`,
  'tasks/words/english/hello.ts': `export const hello = (): string => 'hello';`,
};

async function told(visitor: Visitor, task: string): Promise<Json | undefined> {
  return (await visitor.ask({ task })).data;
}

const change = (project: Project, word: string): Promise<void> =>
  project.write('tasks/words/english/hello.ts', `export const hello = (): string => '${word}';`);

test('a helper two folders below a task is taken, here and in threads, and others keep what they remember', async (t) => {
  const project = await startProject(t, FILES);
  const visitor = await Visitor.in(t, project);
  assert.equal(await told(visitor, 'Greet'), 'hello');
  assert.equal(await told(visitor, 'Heavy'), 'hello from a thread');
  assert.equal(await told(visitor, 'Other'), 1);
  let before = 'hello';
  for (const word of ['good morning', 'good night', 'hello']) {
    await change(project, word);
    assert.equal(await told(visitor, 'Greet'), before, 'nothing is taken unasked');
    before = word;
    const lines = await project.reload();
    assert.match(String(lines[0]), /^reloaded in \d+ ms: 1 file has changed$/);
    assert.deepEqual(lines.slice(1), ['2 tasks renewed: Greet, Heavy']);
    assert.equal(await told(visitor, 'Greet'), word);
    assert.equal(await told(visitor, 'Heavy'), `${word} from a thread`);
  }
  assert.equal(await told(visitor, 'Other'), 2, 'its module is the same');
});

test('a call that runs ends with the code that it began with, also in a thread', async (t) => {
  const project = await startProject(t, FILES);
  const visitor = await Visitor.in(t, project);
  visitor.send({ task: 'Greet', data: 'wait', ref: 'long' });
  visitor.send({ task: 'Heavy', data: 'wait', ref: 'thread' });
  for (let n = 0; n < 2; n++) await visitor.until(({ data }) => data === 'waiting');
  await change(project, 'new');
  await project.reload();
  assert.equal(await told(visitor, 'Greet'), 'new');
  visitor.send({ task: 'Heavy', ref: 'another' });
  visitor.send({ task: 'Other', ref: 'go' });
  const answers = new Map<unknown, unknown>();
  while (answers.size < 4) {
    const { ref, data } = await visitor.nextJson();
    answers.set(ref, data);
  }
  assert.equal(answers.get('long'), 'hello');
  assert.equal(answers.get('thread'), 'hello from a thread');
  assert.equal(answers.get('another'), 'new from a thread');
});

test('tasks are added to the list and taken from it', async (t) => {
  const project = await startProject(t, FILES);
  const visitor = await Visitor.in(t, project);
  await project.write(
    'tasks/bye.mjs',
    `
    import { Task } from 'eot-server';
    export class Bye extends Task { main() { return 'bye'; } }`,
  );
  await project.write(
    'settings.ts',
    SETTINGS.replace('Heavy, Other', 'Bye, Alias: Bye, Other').replace(
      'import',
      `import { Bye } from './tasks/bye.mjs'; import`,
    ),
  );
  const lines = await project.reload();
  assert.deepEqual(lines.slice(1), ['2 tasks added: Bye, Alias', 'a task removed: Heavy']);
  assert.equal(await told(visitor, 'Alias'), 'bye');
  const { error } = await visitor.ask({ task: 'Heavy' });
  assert.equal((error as { code: string }).code, 'unknown-task');
});

test('a worker thread that begins late has the code that is in service, not what lies in the files', async (t) => {
  const project = await startProject(t, FILES);
  const visitor = await Visitor.in(t, project);
  await change(project, 'in service');
  await project.reload();
  await rm(project.file('tasks/words'), { recursive: true });
  await project.write('tasks/heavy.ts', 'this is no TypeScript');
  assert.match(String(await project.reload()), /^error: nothing has changed: .*tasks\/heavy\.ts:1:/);
  assert.equal(await told(visitor, 'Heavy'), 'in service from a thread');
});

test('the settings file is run anew though nothing in it has changed', async (t) => {
  const project = await startProject(t, {
    ...FILES,
    'origins.json': '[]',
    'settings.ts': SETTINGS.replace(
      '...base, ',
      `...base, origins: JSON.parse(readFileSync('origins.json', 'utf8')), `,
    ).replace('import', `import { readFileSync } from 'node:fs'; import`),
  });
  const origin = { origin: 'https://friend.example' };
  await assert.rejects(Visitor.to(t, project, '/ws', origin), /403/);
  await project.write('origins.json', '["https://friend.example"]');
  await project.reload();
  await Visitor.to(t, project, '/ws', origin);
});
