import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import type { Json } from '../../src/wire/json.js';
import { eventually } from '../helpers/eventually.js';
import { knownSettings, modern, original } from '../helpers/known.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';

/** A server whose task Tell says its data, target and all, and whose task Say speaks in its room. */
const settings = knownSettings({
  classes: `class Tell extends Task {
    constructor(@inject(RoomHandler) private readonly rooms: RoomHandler) { super(); }
    main({ data }) { this.rooms.say({ task: 'News', data: 'x', ...data }); }
  }
  class Say extends Task { main(request) { request.say(request.data); } }
  class Cid extends Task { main({ cid }) { return cid; } }`,
  change: "log: { ...base.log, level: 'DEBUG' }, tasks: { ...base.tasks, Tell, Say, Cid }",
});

type Speech = Record<string, Json>;

const PLAIN = '{"task":"News","data":"x"}';
const inRoom = (room: string, offset: number): string =>
  `{"task":"News","data":"x","room":"${room}","offset":${offset}}`;

async function cidOf(visitor: Visitor): Promise<Json> {
  const { data = null } = await visitor.ask({ task: 'Cid' });
  return data;
}

/** What each visitor hears of a speech: everything until a mark that all hear. */
async function heard(visitors: readonly Visitor[], speech: Speech): Promise<string[][]> {
  for (const data of [speech, { all: true, task: 'Mark' }]) visitors[0]?.send({ task: 'Tell', data });
  return Promise.all(visitors.map(untilMark));
}

async function untilMark(visitor: Visitor): Promise<string[]> {
  const frames: string[] = [];
  for (;;) {
    const frame = await visitor.next();
    if (frame === '{"task":"Mark","data":"x"}') return frames;
    frames.push(frame);
  }
}

/** ann and bob are in the lobby, cid and dan in the attic. */
async function four(t: TestContext, server: TestServer): Promise<Visitor[]> {
  return [
    await modern(t, server, 'lobby', '1-ann'),
    await modern(t, server, 'lobby', '2-bob'),
    await modern(t, server, 'attic', '3-cid'),
    await modern(t, server, 'attic', '4-dan'),
  ];
}

test('room goes before users, users before all, all before cid', async (t) => {
  const visitors = await four(t, await startServer(t, { settings }));
  const cid = await cidOf(visitors[3] as Visitor);
  const lobby = inRoom('lobby', 1);
  assert.deepEqual(await heard(visitors, { room: 'lobby', users: [3], all: true, cid }), [
    [lobby],
    [lobby],
    [],
    [],
  ]);
  assert.deepEqual(await heard(visitors, { users: [2, 3], all: true, cid }), [[], [PLAIN], [PLAIN], []]);
  assert.deepEqual(await heard(visitors, { all: true, cid }), [[PLAIN], [PLAIN], [PLAIN], [PLAIN]]);
  assert.deepEqual(await heard(visitors, { cid }), [[], [], [], [PLAIN]]);
});

test('an original connection hears exactly task and data, whatever the target', async (t) => {
  const server = await startServer(t, { settings });
  const old = await original(t, server, 'lobby', '1-ann');
  const visitors = [await modern(t, server, 'attic', '2-bob'), old];
  const cid = await cidOf(old);
  for (const target of [{ room: 'lobby' }, { users: [1] }, { all: true }, { cid }]) {
    const [, frames = []] = await heard(visitors, target);
    assert.deepEqual(
      frames.filter((frame) => !frame.includes('"msgtype"')),
      [PLAIN],
    );
  }
});

test('a user hears it on every connection, whether their id is a number or a text', async (t) => {
  const server = await startServer(t, { settings });
  const visitors = [
    await modern(t, server, 'lobby'),
    await modern(t, server, 'attic', '1-ann'),
    await modern(t, server, 'cellar', '1-ann'),
  ];
  for (const id of [1, '1']) assert.deepEqual(await heard(visitors, { users: [id] }), [[], [PLAIN], [PLAIN]]);
});

test('a target that is not there harms nobody, and is logged', async (t) => {
  const server = await startServer(t, { settings });
  const visitors = await four(t, server);
  const gone = await modern(t, server, 'lobby', '5-eve');
  const cid = await cidOf(gone);
  await gone.leave();
  const targets: Speech[] = [
    { room: 'nowhere' },
    { users: [99, 5] },
    { users: [] },
    { cid },
    { cid: '' },
    {},
  ];
  for (const target of targets) assert.deepEqual(await heard(visitors, target), [[], [], [], []]);
  assert.deepEqual(
    await heard(visitors, { users: [99, 1] }),
    [[PLAIN], [], [], []],
    'the known ones hear it',
  );
  for (const name of ['in nowhere', 'user 99', `connection ${cid}`, 'said to nobody'])
    await eventually(
      async () => (await readFile(server.file('logging.log'), 'utf8')).includes(name),
      `${name} is logged`,
    );
});

test('who is connected but has said no hello hears nothing', async (t) => {
  const server = await startServer(t, { settings });
  const visitors = await four(t, server);
  const stranger = await Visitor.to(t, server);
  assert.deepEqual(await heard(visitors, { all: true }), [[PLAIN], [PLAIN], [PLAIN], [PLAIN]]);
  stranger.send({ room: 'lobby', ref: 1 });
  assert.equal((await stranger.nextJson()).ref, 1);
});

test('everybody in a room hears everything, once and in the same order', async (t) => {
  const server = await startServer(t, { settings });
  const visitors = await Promise.all(Array.from({ length: 8 }, () => modern(t, server, 'lobby')));
  for (let n = 0; n < 100; n++)
    for (const [by, visitor] of visitors.entries()) visitor.send({ task: 'Say', data: [by, n] });
  const [first = [], ...others] = await Promise.all(visitors.map((visitor) => next(visitor, 800)));
  for (const frames of others) assert.deepEqual(frames, first);
  const heard = first.map((frame) => JSON.parse(frame) as { data: [number, number]; offset: number });
  assert.deepEqual(
    heard.map(({ offset }) => offset),
    Array.from({ length: 800 }, (_, n) => n + 1),
  );
  for (const by of visitors.keys()) {
    const mine = heard.filter(({ data }) => data[0] === by).map(({ data }) => data[1]);
    assert.deepEqual(
      mine,
      Array.from({ length: 100 }, (_, n) => n),
      'in the order in which each said it',
    );
  }
});

async function next(visitor: Visitor, count: number): Promise<string[]> {
  const frames: string[] = [];
  while (frames.length < count) frames.push(await visitor.next());
  return frames;
}
