import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { newFolder, startServer, type TestServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';

/** A small project of a user's: settings, a service, tasks, one of them for a thread, and helpers found in several ways. */
const PROJECT: Record<string, string> = {
  'settings.ts': `
    import { defaultSettings, type SettingsInput } from 'eot-server';
    import { Counter } from './services/counter.js';
    import { Count } from './tasks/count';
    import { Heavy } from './tasks/heavy.js';
    import { Members } from './tasks/members.ts';
    const base = defaultSettings();
    const settings: SettingsInput = {
      ...base,
      services: [...base.services, Counter.with({ step: 2 })],
      tasks: { ...base.tasks, Count, Heavy, Members },
    };
    export default settings;`,
  'services/counter.ts': `
    import { inject, Options, Service } from 'eot-server';
    export interface CounterOptions { step: number }
    export class Counter extends Service {
      #count = 0;
      constructor(@inject(Options) private readonly options: CounterOptions) { super(); }
      next(): number { return (this.#count += this.options.step); }
    }`,
  'tasks/count.ts': `
    import { inject, Task } from 'eot-server';
    import { Counter } from '../services/counter.js';
    export class Count extends Task {
      constructor(@inject(Counter) private readonly counter: Counter) { super(); }
      override main() { return this.counter.next(); }
    }`,
  'tasks/heavy.ts': `
    import { isMainThread } from 'node:worker_threads';
    import { Refusal, Task, type Request } from 'eot-server';
    import { double } from '../helpers';
    enum Kind { Plain, Odd }
    export class Heavy extends Task<number> {
      static override thread = import.meta.url;
      override main({ data }: Request<number>) {
        if (data < 0) throw new Refusal('refused', 'too cold');
        return { isMainThread, doubled: double(data), kind: Kind[data % 2], isTask: this instanceof Task };
      }
    }`,
  'tasks/members.ts': `
    import { access, inject, RoomHandler, Task, users, WebServer, type Request } from 'eot-server';
    @access((user) => user === null)
    export class Members extends Task {
      constructor(@inject(RoomHandler) private rooms: RoomHandler, @inject(WebServer) private web: WebServer) { super(); }
      override main() { return [this.rooms instanceof RoomHandler, this.web instanceof WebServer, typeof users]; }
    }`,
  'helpers/index.ts': 'export { double } from "./double";',
  'helpers/double.ts': 'export const double = (n: number): number => n * 2;',
};

/** Starts a server on the project, with these files beside. */
async function startProject(t: TestContext, files: Record<string, string>): Promise<TestServer> {
  const folder = await newFolder(t);
  for (const inner of ['services', 'tasks', 'helpers']) await mkdir(join(folder, inner));
  for (const [name, text] of Object.entries({ ...PROJECT, ...files }))
    await writeFile(join(folder, name), text);
  return startServer(t, { folder });
}

const places: [string, Record<string, string>][] = [
  ['a folder without a package.json', {}],
  ['a folder of the older module format', { 'package.json': '{"type": "commonjs"}' }],
];

for (const [place, files] of places)
  test(`settings, services and tasks in TypeScript run as they are, in ${place}`, async (t) => {
    const server = await startProject(t, files);
    const visitor = await Visitor.in(t, server);
    const told = async (task: string, data = 0): Promise<unknown> => (await visitor.ask({ task, data })).data;
    assert.deepEqual([await told('Count'), await told('Count')], [2, 4]);
    assert.deepEqual(await told('Members'), [true, true, 'function'], 'one class, one identity');
    const heavy = { isMainThread: false, doubled: 6, kind: 'Odd', isTask: true };
    assert.deepEqual(await told('Heavy', 3), heavy, 'in a thread as well');
    const refused = await visitor.ask({ task: 'Heavy', data: -1 });
    assert.deepEqual(refused.error, { code: 'refused', message: 'too cold' });
  });

test('settings may be JavaScript, and mean the same classes', async (t) => {
  const files = {
    'settings.mjs': `
      import { defaultSettings, inject, Options, RoomHandler, Task } from 'eot-server';
      import { Count } from './tasks/count.ts';
      import { Counter } from './services/counter.ts';
      class Same extends Task { main({ data }) { return new Count({ next: () => data }).main() + 1; } }
      const base = defaultSettings();
      export default { ...base, services: [...base.services, Counter.with({ step: 5 })], tasks: { Count, Same } };`,
  };
  const folder = await newFolder(t);
  for (const inner of ['services', 'tasks']) await mkdir(join(folder, inner));
  for (const [name, text] of Object.entries({ ...PROJECT, ...files }))
    if (name !== 'settings.ts' && !name.startsWith('helpers')) await writeFile(join(folder, name), text);
  const visitor = await Visitor.in(t, await startServer(t, { folder }));
  assert.equal((await visitor.ask({ task: 'Count', data: 0 })).data, 5);
  assert.equal((await visitor.ask({ task: 'Same', data: 6 })).data, 7);
});

test('the log names the line of the user’s own file', async (t) => {
  const mortal = `
    import { inject, Options, Service, type Run } from 'eot-server';
    interface Nothing { here: never }
    export class Counter extends Service {
      constructor(@inject(Options) private readonly options: unknown) { super(); }
      next(): number { return 1; }
      override async main(run: Run): Promise<void> {
        run.ready();
        throw new Error('the eighth line');
      }
    }`;
  const server = await startProject(t, { 'services/counter.ts': mortal });
  await server.end('SIGTERM');
  assert.match(
    await readFile(server.file('logging.log'), 'utf8'),
    /the eighth line\n.*at Counter\.main \(.*counter\.ts:9:15\)/,
  );
});
