import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { test } from 'node:test';
import { defaultSettings } from '../../settings.js';
import { type Project, startProject } from '../helpers/project.js';
import { Visitor } from '../helpers/visitor.js';

const settings = (change = '', imports = ''): string => `
  import { Chadburn, defaultSettings, Pages, RoomHandler, WebSocketDoor } from 'eot-server';
  import { Greet } from './tasks/greet.js';
  import { Frail } from './frail.js';
  ${imports}
  const base = defaultSettings();
  const swap = (other) => base.services.map((one) => (one === other.service ? other : one));
  const greet = { ...base.tasks, Greet };
  export default { ...base, services: [...base.services, Frail.with({ strength: 1 })], tasks: greet, ${change} };`;

const FRAIL = `
  import { inject, Options, Service } from 'eot-server';
  export class Frail extends Service {
    constructor(@inject(Options) options) { super(); this.options = options; }
    async main(run) {
      if (this.options.strength < 1) throw new Error('it has no strength');
      this.lived = (this.lived ?? 0) + 1;
      run.ready();
      await run.stopped;
    }
    describe() { return { strength: this.options.strength }; }
  }`;

const FILES = {
  'settings.ts': settings(),
  'frail.ts': FRAIL,
  'tasks/greet.ts': `
    import { Task } from 'eot-server';
    import { hello } from './words.js';
    export class Greet extends Task { override main() { return hello; } }`,
  'tasks/words.js': `export const hello = 'hello';`,
};

const TASK = (body: string): string =>
  `import { inject, Service, Task } from 'eot-server'; export class Greet extends Task { ${body} main() { return 'new'; } }`;

/** What is broken, by which file, and what the answer names. */
const FAULTS: [string, string, string, RegExp][] = [
  ['a syntax error in TypeScript', 'tasks/greet.ts', 'export class {', /tasks\/greet\.ts:1:13: ERROR/],
  ['a syntax error in JavaScript', 'tasks/words.js', 'export const hello =', /tasks\/words\.js:1:20: ERROR/],
  [
    'a name that is not exported',
    'tasks/words.js',
    'export const bye = 1;',
    /'\.\/words\.js' does not provide.*hello/,
  ],
  [
    'a module that throws',
    'tasks/words.js',
    "export const hello = 1;\nthrow new Error('no words');",
    /no words \(tasks\/words\.js:2\)/,
  ],
  [
    'settings without services',
    'settings.ts',
    'export default { services: [] };',
    /settings\.ts has a fault: services/,
  ],
  [
    'a task that needs an unlisted service',
    'tasks/greet.ts',
    TASK('constructor(@inject(class Unlisted extends Service {}) x) { super(); }'),
    /the task Greet needs Unlisted: list it/,
  ],
  [
    'a task that cannot run in a thread',
    'tasks/greet.ts',
    TASK('static thread = import.meta.url; constructor(@inject(Service) x) { super(); }'),
    /the task Greet needs Service/,
  ],
  [
    'options that a door refuses',
    'settings.ts',
    settings("services: swap(WebSocketDoor.with({ path: 'ws', heartbeat: 9 }))"),
    /WebSocketDoor refuses what is new: path must begin/,
  ],
  [
    'options that pages refuse',
    'settings.ts',
    settings("services: swap(Pages.with({ folder: 'nowhere', files: { '/': 'x.html' } }))"),
    /Pages refuses what is new: ENOENT/,
  ],
  [
    'options with which a service does not start',
    'settings.ts',
    settings('services: [...swap(WebSocketDoor.with({ maxFrame: 99 })), Frail.with({ strength: 0 })]'),
    /Frail refuses what is new: .*it has no strength/,
  ],
  [
    'a new service that does not start',
    'settings.ts',
    settings(
      'services: [...base.services, Frail, Weak]',
      "import { Service } from 'eot-server'; class Weak extends Service { main() { throw new Error('weak'); } }",
    ),
    /Weak failed before it was ready: weak/,
  ],
];

async function serves(project: Project, visitor: Visitor, why: string): Promise<void> {
  assert.equal((await visitor.ask({ task: 'Greet' })).data, 'hello', why);
  const { out } = await project.command(['status', '--json']);
  const { services } = JSON.parse(out) as { services: { name: string; state: string; about?: object }[] };
  assert.deepEqual(
    services.filter(({ state }) => state !== 'enabled'),
    [],
    why,
  );
  assert.deepEqual(services.find(({ name }) => name === 'Frail')?.about, { strength: 1 }, why);
  assert.equal(services.length, defaultSettings().services.length + 1, why);
}

test('what is broken is named, the old goes on serving, and what is mended is taken', async (t) => {
  const project = await startProject(t, FILES);
  const visitor = await Visitor.in(t, project);
  for (const [why, file, text, named] of FAULTS) {
    await project.write(file, text);
    const lines = await project.reload();
    assert.equal(lines.length, 1, why);
    assert.match(String(lines[0]), /^error: nothing has changed: /, why);
    assert.match(String(lines[0]), named, why);
    await serves(project, visitor, why);
    await project.write(file, FILES[file as keyof typeof FILES]);
    assert.match(String(await project.reload()), /^reloaded/, why);
    await serves(project, visitor, `${why}, mended`);
  }
});

test('a file that vanishes is named, and may come back', async (t) => {
  const project = await startProject(t, FILES);
  const visitor = await Visitor.in(t, project);
  await rm(project.file('tasks/words.js'));
  assert.match(
    String(await project.reload()),
    /^error: .*Cannot find module 'tasks\/words\.js' imported from tasks\/greet\.ts/,
  );
  await serves(project, visitor, 'vanished');
  await project.write('tasks/words.js', "export const hello = 'back';");
  await project.reload();
  assert.equal((await visitor.ask({ task: 'Greet' })).data, 'back');
  await rm(project.file('settings.ts'));
  assert.match(String(await project.reload()), /^error: .*there is no settings file settings\.ts/);
  assert.equal((await visitor.ask({ task: 'Greet' })).data, 'back', 'the defaults do not take its place');
});

test('the command line says the same, and exits with 1; a server with broken settings can be stopped', async (t) => {
  const project = await startProject(t, FILES);
  await project.write('tasks/words.js', 'export const hello =');
  const { code, out, err } = await project.command(['reload']);
  assert.deepEqual([code, out], [1, '']);
  assert.match(
    err,
    /^eot-server: nothing has changed: settings\.ts cannot be loaded: .*tasks\/words\.js:1:20/,
  );
  assert.equal((await project.command(['stop'])).code, 0);
  assert.equal(await project.end(), 0);
});
