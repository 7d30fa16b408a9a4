import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/wire/json.js';
import { untilFigures } from '../helpers/figures.js';
import { modern } from '../helpers/known.js';
import { startServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';
import { operatedSettings } from './operated.js';

type Step = { where: string; what: string };

const classes = `
class Cid extends Task { main({ cid }) { return cid; } }
class Fail extends Task {
  constructor(@inject(Logger) private readonly log: Logger) { super(); }
  main() { this.log.debug('about to fail'); throw new Error('it failed'); }
}`;
const settings = operatedSettings('tasks: { ...base.tasks, Kill, Say, Cid, Fail }', `${classes}`).replace(
  'import {',
  'import { Logger,',
);

async function cidOf(visitor: Visitor): Promise<string> {
  return String((await visitor.ask({ task: 'Cid' })).data);
}

/** The steps that an operator is told, up to one that says this. */
async function stepsUntil(operator: Visitor, last: string): Promise<string[]> {
  const steps: string[] = [];
  for (;;) {
    const { data } = await operator.until(({ task, ref }) => task === 'TraceStep' && ref === undefined);
    const { where, what } = data as unknown as Step;
    steps.push(`${where} ${what}`);
    if (what.includes(last)) return steps;
  }
}

test('one client is followed through socket, room, task and service, as it happens', async (t) => {
  const server = await startServer(t, { settings });
  const operator = await Visitor.in(t, server, 'services');
  const ann = await modern(t, server, 'lobby', '1-ann');
  const bob = await modern(t, server, 'lobby', '2-bob');
  operator.send({ task: 'TaskTrace', data: { cid: await cidOf(ann) }, ref: 'trace' });
  await stepsUntil(operator, 'is in lobby');

  ann.send({ task: 'Say', data: '<b>hi</b>', ref: 1 });
  bob.send({ task: 'Say', data: 'unseen' });
  assert.deepEqual(await stepsUntil(operator, '← {"ref":1'), [
    'socket → {"task":"Say","data":"<b>hi</b>","ref":1}',
    'task Say is called in lobby',
    'room Say speaks in lobby',
    'socket ← {"task":"Say","data":"<b>hi</b>","room":"lobby","offset":1}',
    'task Say is done',
    'socket ← {"ref":1,"task":"Say","data":null}',
  ]);
  ann.send({ task: 'Fail', ref: 2 });
  assert.deepEqual((await stepsUntil(operator, '"ref":2,')).slice(-5), [
    'task Fail is called in lobby',
    'service Task logs DEBUG: about to fail',
    'service Router logs ERROR: Fail failed',
    'task Fail ended with internal: Fail failed',
    'socket ← {"ref":2,"task":"Fail","error":{"code":"internal","message":"Fail failed"}}',
  ]);
  ann.send({ task: 'TaskSubscribe', data: { room: 'attic' } });
  await stepsUntil(operator, 'joined attic');
  bob.send({ task: 'Kill', data: 'the spring broke' });
  await stepsUntil(operator, 'Clock is dead: the spring broke');

  await ann.leave();
  assert.deepEqual((await stepsUntil(operator, 'left attic')).slice(-3), [
    'socket closed with 1005',
    'room left lobby',
    'room left attic',
  ]);
  const over = await operator.until(({ ref }) => ref === 'trace');
  assert.deepEqual(over.data, { over: 'the client has left' });
  await untilFigures(server, 'Tracer', { followed: 0 });
});

test('a trace ends when it is called off, when another begins, and when who follows has left', async (t) => {
  const server = await startServer(t, { settings });
  const operator = await Visitor.in(t, server, 'services');
  const [ann, bob] = [await modern(t, server, 'lobby', '1-ann'), await modern(t, server, 'lobby', '2-bob')];
  operator.send({ task: 'TaskTrace', data: { cid: await cidOf(ann) }, ref: 1 });
  await stepsUntil(operator, 'is in lobby');
  operator.send({ task: 'TaskTrace', data: { cid: await cidOf(bob) }, ref: 2 });
  assert.deepEqual((await operator.until(({ ref }) => ref === 1)).data, { over: 'you ended it' });
  await untilFigures(server, 'Tracer', { followed: 1 });
  await operator.ask({ task: 'TaskTrace', data: { cid: null } });
  await untilFigures(server, 'Tracer', { followed: 0 });
  operator.send({ task: 'TaskTrace', data: { cid: await cidOf(bob) }, ref: 3 });
  await untilFigures(server, 'Tracer', { followed: 1 });
  await operator.leave();
  await untilFigures(server, 'Tracer', { followed: 0 });
  bob.send({ task: 'Say', data: 'after' });
  assert.equal((await bob.until(({ data }) => data === 'after')).task, 'Say', 'who was followed lives on');
});

test('whoever follows themselves, or each other, does not go round for ever', async (t) => {
  const server = await startServer(t, { settings });
  const [a, b] = [await Visitor.in(t, server, 'services'), await Visitor.in(t, server, 'services')];
  const cids: Json[] = [await cidOf(a), await cidOf(b)];
  a.send({ task: 'TaskTrace', data: { cid: cids[1] ?? null } });
  b.send({ task: 'TaskTrace', data: { cid: cids[0] ?? null } });
  await untilFigures(server, 'Tracer', { followed: 2 });
  for (let call = 0; call < 3; call++) await a.ask({ task: 'TaskEcho', data: call });
  b.send({ task: 'TaskTrace', data: { cid: cids[1] ?? null } });
  b.send({ task: 'TaskEcho', data: 'mine', ref: 'e' });
  assert.deepEqual((await stepsUntil(b, '← {"ref":"e"')).slice(-4), [
    'socket → {"task":"TaskEcho","data":"mine","ref":"e"}',
    'task TaskEcho is called in services',
    'task TaskEcho is done',
    'socket ← {"ref":"e","task":"TaskEcho","data":"mine"}',
  ]);
});

test('what a client floods is told in bounds, and what proves who it is never', async (t) => {
  const server = await startServer(t, { settings });
  const operator = await Visitor.in(t, server, 'services');
  const ann = await modern(t, server, 'lobby', '1-ann');
  operator.send({ task: 'TaskTrace', data: { cid: await cidOf(ann) } });
  await stepsUntil(operator, 'is in lobby');
  ann.send('{"room": "x", "session\\u005fid": "SECRET-1"}');
  ann.send('{"session_id": "SECRET-2", ');
  ann.send({ task: 'TaskEcho', data: { session_id: 'SECRET-3', long: 'x'.repeat(5_000) } });
  for (let call = 0; call < 5_000; call++) ann.send({ task: 'TaskEcho', data: 'flood\n2' });
  const steps = await stepsUntil(operator, 'steps were left out');
  assert.ok(steps.length < 1_000, `${steps.length} steps`);
  const all = steps.join('\n');
  assert.match(all, /→ \{"room":"x","session_id":"…"\}/);
  assert.match(all, /→ \d+ characters that are no JSON/);
  for (const step of steps) assert.ok(step.length < 1_100);
  // What the client says is shown to it as it is; what it sent was a proof.
  assert.doesNotMatch(all.replace(/← .*/g, ''), /SECRET/);
});
