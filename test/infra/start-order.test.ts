import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { runFiles, statusOf } from '../helpers/control.js';
import { newFolder, type Outcome, run, startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

/** First, Second and Third write down when they begin, are ready, and end. */
const CLASSES = `
  const note = (text) => appendFileSync('journal', text + '\\n');
  class Noted extends Service {
    async main(run) {
      note(this.constructor.name + ' begins');
      await setImmediate();
      note(this.constructor.name + ' is ready');
      run.ready();
      await run.stopped;
      await setImmediate();
      note(this.constructor.name + ' ends');
    }
  }
  class First extends Noted {}
  class Second extends Noted {}
  class Third extends Noted {}`;

const settingsWith = (services: string, classes = ''): string =>
  settingsText({
    imports: `
      import { appendFileSync } from 'node:fs';
      import { setImmediate } from 'node:timers/promises';`,
    classes: CLASSES + classes,
    change: `services: [...base.services, ${services}]`,
  });

const UP = ['First', 'Second', 'Third'].flatMap((name) => [`${name} begins`, `${name} is ready`]);

const journal = async (folder: string): Promise<string[]> =>
  (await readFile(join(folder, 'journal'), 'utf8')).trimEnd().split('\n');

/** Starts a server that cannot start. */
async function failingStart(t: TestContext, settings: string): Promise<Outcome & { folder: string }> {
  const folder = await newFolder(t);
  await writeFile(join(folder, 'settings.ts'), settings);
  return { folder, ...(await run(folder, ['start', '--port', '0'])) };
}

test('services start one after the other in listed order and stop in reverse', async (t) => {
  const server = await startServer(t, { settings: settingsWith('First, Second, Third') });
  assert.deepEqual(await journal(server.folder), UP);
  await server.command(['stop']);
  assert.deepEqual(await journal(server.folder), [...UP, 'Third ends', 'Second ends', 'First ends']);
});

test('the lock and the control socket are there before the services, and outlast them', async (t) => {
  const witness = `
    const look = (when) => note(when + readdirSync('.').filter((name) => /sock|lock/.test(name)).sort());
    class Witness extends Service {
      async main(run) { look('up: '); run.ready(); await run.stopped; await setImmediate(); look('down: '); }
    }`;
  const settings = settingsWith('Witness', witness).replace(
    '{ appendFileSync }',
    '{ appendFileSync, readdirSync }',
  );
  const server = await startServer(t, { settings });
  await server.end('SIGTERM');
  const files = 'interface.sock,server.lock,server.lock.d';
  assert.deepEqual(await journal(server.folder), [`up: ${files}`, `down: ${files}`]);
});

const failures: [string, string, RegExp][] = [
  [
    'throws',
    "main() { throw new Error('no paper'); }",
    /^eot-server: Broken failed before it was ready: no paper\n$/,
  ],
  ['returns', 'async main() {}', /^eot-server: Broken returned before it was ready\n$/],
  [
    'forgets ready(), though timers of it run on,',
    'static startWithin = 300; main() { setInterval(() => {}, 9); return new Promise(() => {}); }',
    /^eot-server: Broken was not ready within 0\.3 s: did main\(\) forget to call ready\(\)\?\n$/,
  ],
  [
    'cannot be made',
    "constructor() { super(); throw new Error('no ink'); }",
    /^eot-server: Broken cannot be made: no ink\n$/,
  ],
];

for (const [how, body, sentence] of failures)
  test(`a service that ${how} fails the start by name, and what had started is undone in reverse`, async (t) => {
    const settings = settingsWith('First, Second, Broken, Third', `class Broken extends Service { ${body} }`);
    const { folder, code, out, err } = await failingStart(t, settings);
    assert.match(err, sentence);
    assert.deepEqual({ code, out }, { code: 1, out: '' });
    assert.deepEqual(runFiles(folder), []);
    if (how !== 'cannot be made')
      assert.deepEqual(await journal(folder), [...UP.slice(0, 4), 'Second ends', 'First ends']);
  });

test('an optional service that fails its start is parked, and the rest runs', async (t) => {
  const broken = "class Broken extends Service { main() { throw new Error('no paper'); } }";
  const settings = settingsWith('First, Broken.with({}, { optional: true }), Second, Third', broken);
  const server = await startServer(t, { settings });
  assert.deepEqual(await journal(server.folder), UP);
  const { services } = await statusOf(server.folder);
  assert.deepEqual(
    services
      .filter(({ state }) => state !== 'enabled')
      .map(({ name, state, reason }) => [name, state, reason]),
    [['Broken', 'parked', 'Broken failed before it was ready: no paper']],
  );
  const visitor = await Visitor.in(t, server);
  assert.equal((await visitor.ask({ task: 'TaskEcho', data: 1 })).data, 1);
});

test('a service may get one that is listed below it: that is started then, and not twice', async (t) => {
  const early = `
    class Early extends Service {
      constructor(@inject(ServiceManager) services) { super(); this.services = services; }
      async main(run) { this.services.get(First); run.ready(); await run.stopped; }
    }`;
  const settings = settingsWith('Early, First, Second, Third', early).replace(
    '{ access,',
    '{ ServiceManager, access,',
  );
  const server = await startServer(t, { settings });
  assert.deepEqual((await journal(server.folder)).sort(), [...UP].sort());
});
