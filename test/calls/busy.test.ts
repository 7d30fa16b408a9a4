import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const settings = settingsText({
  imports: "import { Router } from 'eot-server';",
  classes: `
  const waiting = [];
  class Wait extends Task { main() { return new Promise((done) => waiting.push(() => done('done'))); } }
  const limited = Router.with({ calls: 5, callsPerClient: 3 });
  process.on('SIGUSR2', () => { for (const done of waiting.splice(0)) done(); });`,
  change: 'services: base.services.map((s) => (s === Router ? limited : s)), tasks: { ...base.tasks, Wait }',
});

const BUSY = { code: 'busy', message: 'too many calls are running; try again' };

test('a connection, and all together, have a bounded number of calls at work', async (t) => {
  const server = await startServer(t, { settings });
  const [ann, bob] = [await Visitor.in(t, server), await Visitor.in(t, server)];
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 3; n++) ann.send({ task: 'Wait', ref: `ann ${n}` });
    assert.deepEqual((await ann.ask({ task: 'Wait' })).error, BUSY, 'the fourth of one connection');
    for (let n = 0; n < 2; n++) bob.send({ task: 'Wait', ref: `bob ${n}` });
    assert.deepEqual((await bob.ask({ task: 'TaskEcho' })).error, BUSY, 'the sixth of all');

    server.process.kill('SIGUSR2');
    for (let n = 0; n < 3; n++)
      assert.deepEqual(await ann.nextJson(), { ref: `ann ${n}`, task: 'Wait', data: 'done' });
    for (let n = 0; n < 2; n++)
      assert.deepEqual(await bob.nextJson(), { ref: `bob ${n}`, task: 'Wait', data: 'done' });
  }
  for (const visitor of [ann, bob])
    for (let n = 0; n < 20; n++) assert.equal((await visitor.ask({ task: 'TaskEcho', data: n })).data, n);
});
