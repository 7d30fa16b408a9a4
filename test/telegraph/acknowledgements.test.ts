import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { knownSettings, session } from '../helpers/known.js';
import { startServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';

const ROOM = 'telegraph/acknowledgements';
const settings = knownSettings({ change: 'panel: { acknowledgements: true },' });

test('by setting, who has acknowledged what is told in a room, and never on /websocket', async (t) => {
  const server = await startServer(t, { settings, files: { 'status.eot': '7\n' } });
  const watcher = await Visitor.in(t, server, ROOM);
  const rollWith = async (count: number) => {
    const { data } = await watcher.until(({ data }) => (data as { by: unknown[] }).by.length === count);
    return data;
  };
  const [ann, nobody] = [
    await Visitor.to(t, server, '/websocket', session('7-ann')),
    await Visitor.to(t, server, '/websocket'),
  ];
  for (const panel of [ann, nobody]) assert.equal(await panel.next(), 'Connected to EOT Server');
  for (const panel of [ann, nobody]) assert.equal(await panel.next(), '7&1');

  ann.send('Accept&7');
  assert.equal(await ann.next(), 'Accepted state: 7');
  assert.deepEqual(await rollWith(1), { order: 7, by: [{ name: 'ann', position: 7 }] });
  nobody.send('Accept&8');
  assert.equal(await nobody.next(), 'Accepted state: 8');
  const both = {
    order: 7,
    by: [
      { name: 'ann', position: 7 },
      { name: null, position: 8 },
    ],
  };
  assert.deepEqual(await rollWith(2), both);
  assert.deepEqual((await watcher.ask({ task: 'TaskAcknowledgements' })).data, both);

  const second = await Visitor.to(t, server, '/websocket', session('7-ann'));
  assert.equal(await second.next(), 'Connected to EOT Server');
  assert.equal(await second.next(), '7&1');
  second.send('Accept&3');
  assert.equal(await second.next(), 'Accepted state: 3');
  assert.deepEqual((await watcher.ask({ task: 'TaskAcknowledgements' })).data, {
    order: 7,
    by: [{ name: 'ann', position: 3 }, both.by[1]],
  });

  await writeFile(server.file('status.eot'), '9\n');
  for (const panel of [ann, nobody, second])
    assert.equal(await panel.next(), '9', 'nothing else came on /websocket');
  assert.deepEqual((await watcher.ask({ task: 'TaskAcknowledgements' })).data, { order: 9, by: [] });
});

test('a roll names the fifty who spoke last', async (t) => {
  const server = await startServer(t, { settings, files: { 'status.eot': '7\n' } });
  const watcher = await Visitor.in(t, server, ROOM);
  for (let i = 1; i <= 60; i += 1) {
    const visitor = await Visitor.in(t, server, 'elsewhere', session(`${i}-user${i}`));
    await visitor.ask({ task: 'TaskAccept', data: 7 });
    await visitor.leave();
  }
  const { data } = await watcher.ask({ task: 'TaskAcknowledgements' });
  const { by } = data as { by: { name: string }[] };
  assert.deepEqual([by.length, by[0]?.name, by.at(-1)?.name], [50, 'user11', 'user60']);
});

test('without the setting nobody is told, and nobody may ask', async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '7\n' } });
  const watcher = await Visitor.in(t, server, ROOM);
  const panel = await Visitor.to(t, server, '/websocket');
  await panel.next();
  await panel.next();
  panel.send('Accept&7');
  assert.equal(await panel.next(), 'Accepted state: 7');
  watcher.send({ task: 'TaskAcknowledgements', ref: 1 });
  const { error } = await watcher.nextJson();
  assert.equal((error as { code: string }).code, 'refused');
});
