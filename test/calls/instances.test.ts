import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const TASKS = `
  class Counter extends Service {
    count = 0;
    next() { return ++this.count; }
  }
  class Count extends Task {
    mine = 0;
    constructor(@inject(Counter) private readonly counter: Counter) { super(); }
    main() { return { mine: ++this.mine, shared: this.counter.next() }; }
  }
  class Heir extends Count {}
  class Spoil extends Task {
    main({ data, frame }) {
      const was = JSON.stringify(frame);
      data.list.push('spoilt');
      frame.spoilt = true;
      return was;
    }
  }`;

const settings = settingsText({
  classes: TASKS,
  change: 'services: [Counter, ...base.services], tasks: { ...base.tasks, Count, Heir, Spoil }',
});

test('each call has an instance of its own, and services are shared', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  for (const [n, task] of ['Count', 'Count', 'Heir'].entries())
    assert.deepEqual((await visitor.ask({ task })).data, { mine: 1, shared: n + 1 });
});

test('what a task does to its data harms no other call', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  for (const ref of [1, 2]) {
    const frame = { task: 'Spoil', data: { list: ['fresh'] }, ref };
    assert.equal((await visitor.ask(frame)).data, JSON.stringify(frame));
  }
});

test('a task that needs a service which is not listed fails the start by name', async (t) => {
  const lacking = settingsText({ classes: TASKS, change: 'tasks: { ...base.tasks, Counting: Count }' });
  await assert.rejects(
    startServer(t, { settings: lacking }),
    /eot-server: .*the task Counting needs Counter: list it in settings\.services\n$/,
  );
});

test('only the names in the settings are tasks', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  for (const task of [
    'constructor',
    '__proto__',
    'hasOwnProperty',
    'toString',
    'taskecho',
    'TaskEcho ',
    '',
    'Spoil.main',
  ]) {
    const { error } = await visitor.ask({ task });
    assert.deepEqual(error, { code: 'unknown-task', message: `there is no task ${task}` });
  }
});
