import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { untilFigures } from '../helpers/figures.js';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';
import { CLOSE, frame, RawSocket, TEXT } from './raw-socket.js';

const settings = settingsText({
  classes: 'class Say extends Task { main(request) { request.say(request.data); } }',
  change: 'tasks: { ...base.tasks, Say }',
});

/** Each says so much, so often: more than any socket of the system holds. */
const SIZE = 60_000;
const TIMES = 1_000;
const MEGABYTE = 1_048_576;

test('a client that never reads is bounded in bytes and told to come back, and harms nobody', async (t) => {
  const server = await startServer(t, { settings });
  const speaker = await Visitor.in(t, server, 'speaker');
  const reader = await Visitor.in(t, server, 'lobby');
  const slow = await RawSocket.to(t, server);
  slow.write(frame(TEXT, '{"room":"lobby","ref":1}'));
  await slow.next();
  await speaker.ask({ task: 'TaskSubscribe', data: { room: 'lobby' } });
  slow.socket.pause();
  const before = await residentBytes(server.pid);

  const text = 'x'.repeat(SIZE);
  let most = before;
  for (let n = 1; n <= TIMES; n++) {
    speaker.send({ task: 'Say', room: 'lobby', data: `${n} ${text}` });
    for (const visitor of [speaker, reader]) {
      const { data, offset } = await visitor.nextJson();
      assert.equal(offset, n);
      assert.equal(data, `${n} ${text}`);
    }
    if (n % 100 === 0) most = Math.max(most, await residentBytes(server.pid));
  }
  assert.ok(
    most - before < 48 * MEGABYTE,
    `it grew by ${Math.round((most - before) / MEGABYTE)} MiB for ${(SIZE * TIMES) / MEGABYTE} MiB`,
  );

  slow.socket.resume();
  let heard = await slow.next();
  let count = 0;
  while (heard.opcode !== CLOSE) {
    const { offset } = JSON.parse(heard.payload.toString()) as { offset: number };
    assert.equal(offset, ++count, 'what it hears until then has no gap');
    heard = await slow.next();
  }
  assert.ok(count < TIMES);
  assert.equal(heard.payload.readUInt16BE(), 4000);
  slow.socket.destroy();
  await untilFigures(server, 'WebSocketDoor', { path: '/ws', clients: 2 });
  await untilFigures(server, 'RoomHandler', { clients: 2, rooms: 3 });
});

test('one that does not even read why is ended after a while', async (t) => {
  const server = await startServer(t, { settings });
  const speaker = await Visitor.in(t, server, 'lobby');
  const slow = await RawSocket.to(t, server);
  slow.write(frame(TEXT, '{"room":"lobby","ref":1}'));
  await slow.next();
  slow.socket.pause();
  const text = 'x'.repeat(SIZE);
  for (let n = 1; n <= 300; n++) await speaker.ask({ task: 'Say', data: text });
  await untilFigures(server, 'WebSocketDoor', { path: '/ws', clients: 1 });
});

async function residentBytes(pid: number): Promise<number> {
  const [, pages] = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ');
  return Number(pages) * 4_096;
}
