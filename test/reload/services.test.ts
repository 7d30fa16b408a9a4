import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statusOf } from '../helpers/control.js';
import { figuresOf } from '../helpers/figures.js';
import { startProject } from '../helpers/project.js';
import { Visitor } from '../helpers/visitor.js';

const settings = (services: string, change = ''): string => `
  import { Chadburn, defaultSettings, RoomHandler, Router, SessionManager, TaskThreads, WebSocketDoor } from 'eot-server';
  import { Nimble, Plain, Known, Extra } from './services.js';
  const base = defaultSettings();
  const swap = (...others) => base.services.map((one) => others.find((other) => other.service === one) ?? one);
  export default { ...base, ${change} services: ${services} };`;

const SERVICES = `
  import { inject, Options, RoomHandler, Service, SessionManager } from 'eot-server';
  class Counting extends Service {
    constructor(@inject(Options) options) { super(); this.options = options; this.lives = 0; }
    async main(run) { this.lives++; run.ready(); await run.stopped; }
    describe() { return { word: this.options.word, lives: this.lives }; }
  }
  export class Plain extends Counting {}
  export class Nimble extends Counting {
    async reload() { this.heard = (this.heard ?? 0) + 1; }
    describe() { return { ...super.describe(), heard: this.heard ?? 0, call: this.options.call() }; }
  }
  export class Known extends SessionManager { find() { return { id: 1, username: 'ann' }; } }
  export class Extra extends Service {
    constructor(@inject(Plain) plain) { super(); this.plain = plain; }
    describe() { return { lives: this.plain.lives }; }
  }`;

const plainAnd = (word: string): string =>
  `[...base.services, Plain.with({ word: '${word}' }), Nimble.with({ word: '${word}', call: () => '${word}' })]`;

test('changed options fill the object that the service has: it is told of them, or else restarted', async (t) => {
  const project = await startProject(t, {
    'settings.ts': settings(plainAnd('one')),
    'services.ts': SERVICES,
  });
  await project.reload();
  assert.deepEqual(await figuresOf(project, 'Plain'), { word: 'one', lives: 1 }, 'nothing new, no restart');
  await project.write('settings.ts', settings(plainAnd('two')));
  const lines = await project.reload();
  assert.deepEqual(lines.slice(1), [
    'Plain has been restarted: its options have changed',
    'Nimble has been told: its options have changed',
  ]);
  assert.deepEqual(await figuresOf(project, 'Plain'), { word: 'two', lives: 2 });
  assert.deepEqual(await figuresOf(project, 'Nimble'), { word: 'two', lives: 1, heard: 2, call: 'two' });
});

test('doors, rooms, router and threads take changed options, and no socket is dropped', async (t) => {
  const project = await startProject(t, {
    'settings.ts': settings('base.services'),
    'services.ts': SERVICES,
  });
  const visitor = await Visitor.in(t, project);
  const panel = await Visitor.to(t, project, '/websocket');
  await panel.next();
  const others = [
    "WebSocketDoor.with({ path: '/other', maxFrame: 200, heartbeat: 50 })",
    "Chadburn.with({ path: '/panel-socket' })",
    'RoomHandler.with({ roomsPerClient: 1 })',
    'Router.with({ callsPerClient: 0 })',
    'TaskThreads.with({ threads: 1, memory: 64 })',
  ];
  const pinged = new Promise<void>((resolve) => visitor.socket.once('ping', () => resolve()));
  await project.write('settings.ts', settings(`swap(${others})`));
  const lines = await project.reload();
  assert.deepEqual(lines.slice(1).sort(), [
    'Chadburn has been told: its options have changed',
    'RoomHandler has been told: its options have changed',
    'Router has been told: its options have changed',
    'TaskThreads has been told: its options have changed',
    'WebSocketDoor has been told: its options have changed',
  ]);
  await pinged;
  panel.send('status');
  assert.equal(await panel.next(), 'Current Status: unknown');
  const busy = await visitor.ask({ task: 'TaskEcho', data: 1 });
  assert.equal((busy.error as { code: string }).code, 'busy');
  await assert.rejects(Visitor.to(t, project, '/ws'), /404/);
  const newcomer = await Visitor.to(t, project, '/other');
  newcomer.send('x'.repeat(201));
  assert.equal((await newcomer.closed).code, 1009);
});

test('services are added, in need of what is there, and taken away, and come at the next start when they cannot', async (t) => {
  const first = settings('[...base.services, Plain.with({})]');
  const project = await startProject(t, { 'settings.ts': first, 'services.ts': SERVICES });
  await project.write('settings.ts', settings('[...base.services, Plain.with({}), Extra]'));
  assert.deepEqual((await project.reload()).slice(1), ['Extra has been started']);
  assert.deepEqual(await figuresOf(project, 'Extra'), { lives: 1 });
  const known = 'base.services.map((one) => (one === SessionManager ? Known : one))';
  await project.write('settings.ts', settings(known));
  assert.deepEqual((await project.reload()).slice(1), [
    'Extra has been stopped',
    'Plain has been stopped',
    'SessionManager leaves at the next start: Reception holds it',
    'Known comes at the next start: Reception holds what it replaces',
  ]);
  const { services } = await statusOf(project.folder);
  assert.deepEqual(
    services.filter(({ name }) => /Plain|Extra|Known/.test(name)),
    [],
  );
});

test('a service with new code runs on, tasks still get it, and the answer names it', async (t) => {
  const project = await startProject(t, {
    'settings.ts': settings('[...base.services, Plain.with({})]', 'tasks: { Lives },').replace(
      'import',
      "import { Lives } from './lives.js'; import",
    ),
    'services.ts': SERVICES,
    'lives.ts': `
      import { inject, Task } from 'eot-server';
      import { Plain } from './services.js';
      export class Lives extends Task {
        constructor(@inject(Plain) private plain: Plain) { super(); }
        override main() { return this.plain.lives; }
      }`,
  });
  await project.write('services.ts', SERVICES.replace('this.lives = 0', 'this.lives = 100'));
  assert.deepEqual((await project.reload()).slice(1), [
    'a task renewed: Lives',
    'the new code of Plain comes at the next start',
  ]);
  const visitor = await Visitor.in(t, project);
  assert.equal((await visitor.ask({ task: 'Lives' })).data, 1);
});

test('settings that only a start can change are named', async (t) => {
  const project = await startProject(t, {
    'settings.ts': settings('base.services'),
    'services.ts': SERVICES,
  });
  const changed =
    "statusFile: './other.eot', lockFile: './other.lock', log: { level: 'DEBUG' }, port: 5, restart: { first: 5 }, shutdown: 'anyone',";
  await project.write('settings.ts', settings('base.services', changed));
  assert.deepEqual(
    (await project.reload()).slice(1),
    [
      'the new statusFile comes at the next start',
      'the new lockFile comes at the next start',
      'the new log comes at the next start',
      'the new restart comes at the next start',
    ],
    'the port was given on the command line',
  );
  const visitor = await Visitor.in(t, project);
  assert.equal((await visitor.ask({ task: 'TaskShutdown' })).data, true, 'who may stop it is new at once');
  assert.equal(await project.end(), 0);
});
