import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { untilState } from '../helpers/control.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

/** A service that ends as it is told by the task Do: it throws, or returns; one that lives until a file is there. */
const CLASSES = `
  class Mortal extends Service {
    lives = 0;
    finish;
    fail;
    async main(run) {
      this.lives++;
      const locals = { lives: this.lives };
      run.ready();
      const fate = new Promise((resolve, reject) => { this.finish = resolve; this.fail = reject; });
      await Promise.race([fate, run.stopped]);
      return locals;
    }
  }
  class Sick extends Service {
    lives = 0;
    async main(run) {
      this.lives++;
      run.ready();
      if (!existsSync('medicine')) throw new Error('fever');
      await run.stopped;
    }
    describe() { return { lives: this.lives }; }
  }
  class Do extends Task {
    constructor(@inject(ServiceManager) private services, @inject(Mortal) private mortal) { super(); }
    async main({ data }) {
      const { mortal } = this;
      if (data === 'throw') mortal.fail(new Error('struck by lightning'));
      if (data === 'return') mortal.finish();
      await setImmediate();
      const before = performance.now();
      const same = data === 'get' ? this.services.get('Mortal') === mortal && this.services.get(Mortal) === mortal : undefined;
      const took = performance.now() - before;
      return { same, took, lives: mortal.lives };
    }
  }`;

const settingsWith = (services: string, change = ''): string =>
  settingsText({
    imports: `
      import { existsSync } from 'node:fs';
      import { setImmediate } from 'node:timers/promises';
      import { ServiceManager } from 'eot-server';`,
    classes: CLASSES,
    change: `services: [...base.services, Mortal, ${services}], tasks: { ...base.tasks, Do }, ${change}`,
  });

async function started(t: TestContext, settings: string): Promise<[TestServer, Visitor]> {
  const server = await startServer(t, { settings });
  return [server, await Visitor.in(t, server)];
}

interface Told {
  same?: boolean;
  took: number;
  lives: number;
}

async function tell(visitor: Visitor, data: string): Promise<Told> {
  const answer = await visitor.ask({ task: 'Do', data });
  return answer.data as unknown as Told;
}

test('a service that throws or returns while it runs is resurrected by itself, and its fields outlive the death', async (t) => {
  const [server, visitor] = await started(t, settingsWith('', 'restart: { first: 20 }'));
  await tell(visitor, 'throw');
  const struck = await untilState(server.folder, 'Mortal', 'enabled');
  assert.deepEqual([struck.deaths, struck.reason], [1, 'struck by lightning']);
  assert.equal((await tell(visitor, 'ask')).lives, 2);

  await tell(visitor, 'return');
  const returned = await untilState(server.folder, 'Mortal', 'enabled');
  assert.deepEqual([returned.deaths, returned.reason], [2, 'main() returned']);
  assert.equal((await tell(visitor, 'ask')).lives, 3);
});

test('get on a dead service returns the same object promptly and revives it at once', async (t) => {
  const [server, visitor] = await started(
    t,
    settingsWith('', 'restart: { first: 600_000, ceiling: 600_000 }'),
  );
  await tell(visitor, 'throw');
  const dead = await untilState(server.folder, 'Mortal', 'dead');
  assert.equal(dead.reason, 'struck by lightning');
  assert.equal((await tell(visitor, 'ask')).lives, 1, 'by itself it would take ten minutes');
  const { same, took, lives } = await tell(visitor, 'get');
  assert.equal(same, true);
  assert.ok(took < 50, `it took ${took} ms`);
  assert.equal(lives, 2);
  assert.equal((await untilState(server.folder, 'Mortal', 'enabled')).deaths, 1);
});

test('a service that dies in a hot loop is parked, others work on meanwhile, and a restart brings it back', async (t) => {
  const sick = 'Sick.with({}, { restart: { first: 30, intensity: 3 } })';
  const [server, visitor] = await started(t, settingsWith(sick));
  for (let call = 0; call < 50; call++)
    assert.equal((await visitor.ask({ task: 'TaskEcho', data: call })).data, call);
  const parked = await untilState(server.folder, 'Sick', 'parked');
  assert.deepEqual([parked.deaths, parked.reason, parked.about], [4, 'fever', { lives: 4 }]);
  const { out } = await server.command(['status']);
  assert.match(out, /│ Sick +│ parked +│ \d{4}-\d\d-\d\d \d\d:\d\d:\d\d │ 4 +│ fever +│/);

  const again = await server.command(['restart', 'Sick']);
  assert.deepEqual(
    [again.code, again.out],
    [0, 'Sick has been restarted\n'],
    'it was ready, then died again',
  );
  assert.equal(
    (await untilState(server.folder, 'Sick', 'parked')).deaths,
    8,
    'its former deaths were forgiven',
  );

  await writeFile(server.file('medicine'), '');
  assert.equal((await server.command(['restart', 'Sick'])).out, 'Sick has been restarted\n');
  assert.deepEqual((await untilState(server.folder, 'Sick', 'enabled')).about, { lives: 9 });
  assert.equal((await visitor.ask({ task: 'TaskEcho', data: 'well' })).data, 'well', 'the same connection');
  assert.equal(await server.end('SIGTERM'), 0);
});

test('a service whose figures cannot be told is shown in the status all the same', async (t) => {
  const settings = settingsText({
    classes: "class Shy extends Service { describe() { throw new Error('not you'); } }",
    change: 'services: [...base.services, Shy]',
  });
  const server = await startServer(t, { settings });
  assert.deepEqual((await untilState(server.folder, 'Shy', 'enabled')).about, {
    describe: 'failed: not you',
  });
});

test('what escapes from a service ends nothing, neither while the server starts nor later', async (t) => {
  const classes = `
    class Careless extends Service {
      async main(run) {
        setImmediate(() => { throw new Error('a stray error'); });
        Promise.reject(new Error('a stray promise'));
        await new Promise((resolve) => setTimeout(resolve, 20));
        run.ready();
        await run.stopped;
      }
    }
    class Stray extends Task { main() { setImmediate(() => { throw new Error('a late error'); }); } }`;
  const change = 'services: [...base.services, Careless], tasks: { ...base.tasks, Stray }';
  const server = await startServer(t, { settings: settingsText({ classes, change }) });
  const visitor = await Visitor.in(t, server);
  await visitor.ask({ task: 'Stray' });
  assert.equal((await visitor.ask({ task: 'TaskEcho', data: 1 })).data, 1);
  assert.equal(await server.end('SIGTERM'), 0);
  const log = await readFile(server.file('logging.log'), 'utf8');
  for (const stray of [
    'something escaped: a stray error',
    'a stray promise',
    'something escaped: a late error',
  ])
    assert.ok(log.includes(stray), stray);
});
