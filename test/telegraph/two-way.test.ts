import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const settings = settingsText({ change: "panel: { mode: 'two-way' }" });

/** A panel that has heard how it starts. */
async function greeted(t: TestContext, server: TestServer): Promise<Visitor> {
  const visitor = await Visitor.to(t, server, '/websocket');
  assert.equal(await visitor.next(), 'Connected to EOT Server');
  assert.equal(await visitor.next(), '6&1');
  return visitor;
}

test('an order goes from the bridge to all, an answer from the engine room to all, the sender first', async (t) => {
  const server = await startServer(t, { settings, files: { 'status.eot': '10\n' } });
  const [bridge, engine] = [await greeted(t, server), await greeted(t, server)];
  bridge.send('Broadcast&2');
  assert.equal(await bridge.next(), 'Send state: 2');
  assert.equal(await bridge.next(), '2');
  assert.equal(await engine.next(), '2');
  engine.send('Accept&2');
  assert.equal(await engine.next(), 'Accepted state: 2');
  assert.equal(await engine.next(), '2&3');
  assert.equal(await bridge.next(), '2&3');
  bridge.send('Broadcast&2');
  assert.deepEqual([await bridge.next(), await bridge.next()], ['Send state: 2', '2'], 'once more');
  assert.equal(await engine.next(), '2');
  await greeted(t, server);
  await assert.rejects(access(server.file('accept.eot')), 'there are no files');
});

test('base, file and status are words like any other; nonsense is refused; shutdown is as it was', async (t) => {
  const server = await startServer(t, { settings });
  const [sender, other] = [await greeted(t, server), await greeted(t, server)];
  for (const word of ['base', 'file', 'status', 'hello', '']) {
    sender.send(word);
    assert.equal(await sender.next(), `Server echoed: ${word}`);
  }
  for (const nonsense of [
    'Broadcast&',
    'Broadcast&12',
    'Broadcast&<img onerror=1>',
    'Accept&0',
    'Accept&x',
  ]) {
    sender.send(nonsense);
    assert.equal(await sender.next(), 'Refused: a state is a number from 1 to 11', nonsense);
  }
  for (const silent of ['x&y', 'broadcast&3', '&']) sender.send(silent);
  sender.send('shutdown');
  assert.match(await sender.next(), /^Refused: /);
  other.send('mine');
  assert.equal(await other.next(), 'Server echoed: mine', 'the other heard nothing of all this');
});

test('the JSON language orders and answers, too; where the status file rules it may not order', async (t) => {
  const twoWay = await startServer(t, { settings });
  const panel = await greeted(t, twoWay);
  const visitor = await Visitor.in(t, twoWay, 'telegraph');
  assert.equal((await visitor.ask({ task: 'TaskBroadcast', data: 11 })).data, 11);
  assert.equal(await panel.next(), '11');
  assert.deepEqual(await visitor.nextJson(), { task: 'Order', data: 11, room: 'telegraph', offset: 1 });
  assert.equal((await visitor.ask({ task: 'TaskAccept', data: 11 })).data, 11);
  assert.equal(await panel.next(), '11&3');
  assert.deepEqual(await visitor.nextJson(), { task: 'Answer', data: 11, room: 'telegraph', offset: 2 });

  const oneWay = await startServer(t);
  const stranger = await Visitor.in(t, oneWay, 'telegraph');
  const { error } = await stranger.ask({ task: 'TaskBroadcast', data: 11 });
  assert.equal((error as { code: string }).code, 'refused');
});

test('settings of the panel that mean nothing are refused by name', async (t) => {
  for (const [panel, flaw] of [
    ["{ mode: 'three-way' }", /panel\.mode: /],
    ["{ labels: ['one', 'two'] }", /panel\.labels: .*exactly 11/],
    ["{ labels: 'klingon' }", /panel\.labels: must be cqp/],
    ["{ station: 'bar' }", /panel\.station: /],
    ['{ acknowledgements: 1 }', /panel\.acknowledgements: /],
    ['{ colour: 1 }', /panel: .*colour/],
  ] as const)
    await assert.rejects(startServer(t, { settings: settingsText({ change: `panel: ${panel}` }) }), flaw);
});
