import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/wire/json.js';
import { modern } from '../helpers/known.js';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';
import { files, heavySettings } from './heavy.js';

const settings = heavySettings();

test('a thread task is a task like any other, in a thread of its own', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings, files }), 'lobby');
  for (const task of ['Heavy', 'Alias']) {
    const frame = { task, data: { do: 'tell' }, extra: [1], ref: task };
    const { data } = await visitor.ask(frame);
    const { cid, ...told } = data as Record<string, Json>;
    assert.match(String(cid), /^[0-9a-f]{32}$/);
    assert.deepEqual(told, { isMainThread: false, calls: 1, room: 'lobby', user: null, frame, task });
  }
});

test('guards and schemas hold for it', async (t) => {
  const server = await startServer(t, { settings, files });
  const stranger = await modern(t, server, 'lobby');
  const { error } = await stranger.ask({ task: 'Members' });
  assert.deepEqual(error, { code: 'refused', message: 'Members is not for anonymous visitors' });
  const ann = await modern(t, server, 'lobby', 'ann');
  const { data } = await ann.ask({ task: 'Members', data: 'anything' });
  assert.deepEqual((data as { user: Json }).user, { id: 1, username: 'ann' });
});

test('its refusals are told in their words, its other errors as internal', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings, files }));
  const refused = await visitor.ask({ task: 'Heavy', data: { do: 'refuse' } });
  assert.deepEqual(refused.error, { code: 'sold-out', message: 'no seats are left' });
  for (const way of ['throw', 'throw a text', 'answer nonsense', 'answer a bigint', 'say nonsense']) {
    const { error } = await visitor.ask({ task: 'Heavy', data: { do: way } });
    assert.deepEqual(error, { code: 'internal', message: 'Heavy failed' }, way);
  }
});

test('what it says is heard in the room, in order, and before its answer', async (t) => {
  const server = await startServer(t, { settings, files });
  const [visitor, other] = [await Visitor.in(t, server), await Visitor.in(t, server)];
  for (let round = 0; round < 10; round++) {
    visitor.send({ task: 'Heavy', data: { do: 'say', times: 20 }, ref: 'answer' });
    for (let n = 1; n <= 20; n++) {
      const said = { task: 'Heavy', data: n, room: 'room', offset: round * 20 + n };
      assert.deepEqual(await visitor.nextJson(), said);
      assert.deepEqual(await other.nextJson(), said);
    }
    assert.deepEqual(await visitor.nextJson(), { ref: 'answer', task: 'Heavy', data: 20 });
  }
});

test('a service cannot be injected into it: the start fails by name', async (t) => {
  const injected = settingsText({
    classes: `class Wrong extends Task {
      static thread = import.meta.url;
      constructor(@inject(RoomHandler) readonly rooms: RoomHandler) { super(); }
      main() {}
    }`,
    change: 'tasks: { Wrong }',
  });
  await assert.rejects(
    startServer(t, { settings: injected }),
    /the task Wrong runs in a thread, where there is no RoomHandler: take it out of its constructor\n$/,
  );
});
