import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figuresOf, untilFigures } from '../helpers/figures.js';
import { knownSettings, modern, original } from '../helpers/known.js';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const joined = (name: string): string =>
  `{"msgtype":"join","username":"${name}","data":" joined the chat room."}`;
const left = (name: string): string =>
  `{"msgtype":"leave","username":"${name}","data":" left the chat room."}`;
const list = (...names: string[]): string => `{"msgtype":"user_list","data":${JSON.stringify(names)}}`;

const hear = async (visitor: Visitor, ...frames: string[]): Promise<void> => {
  for (const frame of frames) assert.equal(await visitor.next(), frame);
};

test('everybody in the room hears join, then user_list; the one who comes hears it too', async (t) => {
  const server = await startServer(t, { settings: knownSettings() });
  const ann = await original(t, server, 'lobby', '1-ann');
  await hear(ann, joined('ann'), list('ann'));
  const bob = await original(t, server, 'lobby', '2-bob');
  await hear(bob, joined('bob'), list('ann', 'bob'));
  await hear(ann, joined('bob'), list('ann', 'bob'));
});

test('whoever is left hears leave, then user_list', async (t) => {
  const server = await startServer(t, { settings: knownSettings() });
  const ann = await original(t, server, 'lobby', '1-ann');
  const bob = await original(t, server, 'lobby', '2-bob');
  await ann.until(({ data }) => String(data) === 'ann,bob');
  await bob.leave();
  await hear(ann, left('bob'), list('ann'));
});

test('of an anonymous visitor only the list tells, and it does not name them', async (t) => {
  const server = await startServer(t, { settings: knownSettings() });
  const stranger = await original(t, server, 'lobby');
  await hear(stranger, list());
  const ann = await original(t, server, 'lobby', '1-ann');
  await hear(ann, joined('ann'), list('ann'));
  await hear(stranger, joined('ann'), list('ann'));
  await stranger.leave();
  await hear(ann, list('ann'));
});

test('a user with two connections is named twice', async (t) => {
  const server = await startServer(t, { settings: knownSettings() });
  const tab = await original(t, server, 'lobby', '1-ann');
  await hear(tab, joined('ann'), list('ann'));
  const other = await original(t, server, 'lobby', '1-ann');
  await hear(tab, joined('ann'), list('ann', 'ann'));
  await other.leave();
  await hear(tab, left('ann'), list('ann'));
});

test('other rooms hear nothing of it', async (t) => {
  const server = await startServer(t, { settings: knownSettings() });
  const ann = await original(t, server, 'here', '1-ann');
  await hear(ann, joined('ann'), list('ann'));
  const bob = await original(t, server, 'there', '2-bob');
  await hear(bob, joined('bob'), list('bob'));
  await bob.leave();
  ann.send({ task: 'TaskEcho', data: 1 });
  await hear(ann, '{"task":"TaskEcho","data":1}');
});

test('modern connections are named, and hear no notices', async (t) => {
  const server = await startServer(t, { settings: knownSettings() });
  const ann = await original(t, server, 'lobby', '1-ann');
  await hear(ann, joined('ann'), list('ann'));
  const bob = await modern(t, server, 'lobby', '2-bob');
  await hear(ann, joined('bob'), list('ann', 'bob'));
  const cid = await original(t, server, 'lobby', '3-cid');
  await cid.leave();
  await ann.until(({ msgtype }) => msgtype === 'leave');
  bob.send({ task: 'TaskEcho', ref: 1 });
  await hear(bob, '{"ref":1,"task":"TaskEcho","data":null}');
});

test('user_list comes at most once per room and 100 ms, and the last one is true', async (t) => {
  const server = await startServer(t, { settings: knownSettings() });
  const first = await original(t, server, 'lobby', '0-first');
  await hear(first, joined('first'), list('first'));
  const began = Date.now();
  const crowd = await Promise.all(
    Array.from({ length: 40 }, (_, n) => original(t, server, 'lobby', `${n + 1}-v${n}`)),
  );
  let lists = 0;
  await first.until(({ msgtype, data }) => {
    if (msgtype === 'user_list') lists++;
    return msgtype === 'user_list' && Array.isArray(data) && data.length === crowd.length + 1;
  });
  const most = Math.floor((Date.now() - began) / 100) + 2;
  assert.ok(lists <= most, `${lists} lists came within ${Date.now() - began} ms`);
  assert.ok(lists < crowd.length);
});

test('a setting switches notices off', async (t) => {
  const settings = settingsText({
    change:
      'services: base.services.map((s) => (s === RoomHandler ? RoomHandler.with({ notices: false }) : s))',
  });
  const server = await startServer(t, { settings });
  const visitor = await original(t, server, 'lobby');
  visitor.send({ task: 'TaskEcho', data: 'first' });
  await hear(visitor, '{"task":"TaskEcho","data":"first"}');
});

test('a room that nobody is in is removed, also when the last one was anonymous', async (t) => {
  const server = await startServer(t, { settings: knownSettings() });
  const { rooms: before = 0 } = await figuresOf(server, 'RoomHandler');
  const visitors = [
    await original(t, server, 'a', '1-ann'),
    await original(t, server, 'a'),
    await original(t, server, 'b'),
    await modern(t, server, 'c'),
  ];
  await untilFigures(server, 'RoomHandler', { clients: 4, rooms: Number(before) + 3 });
  for (const visitor of visitors) await visitor.leave();
  await untilFigures(server, 'RoomHandler', { clients: 0, rooms: before });
});
