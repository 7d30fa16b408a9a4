import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Entry } from '../../src/infra/logger.js';
import { FakeClient, roomHandler } from './fake-client.js';

class Failing extends FakeClient {
  override send(): void {
    throw new Error('this one fails');
  }
}

test('one failing receiver does not stop the others, whatever the target', () => {
  const entries: Entry[] = [];
  const rooms = roomHandler({}, entries);
  const ann = { id: 1, username: 'ann' };
  const clients = [new FakeClient('a', ann), new Failing('b', ann, true), new FakeClient('c', ann)];
  for (const client of clients) rooms.join(client, 'lobby');
  const targets = [{ room: 'lobby' }, { users: [1] }, { all: true as const }];
  for (const target of targets) {
    entries.length = 0;
    rooms.say({ ...target, task: 'News', data: null });
    assert.deepEqual(
      entries.map(({ level, message }) => `${level}: ${message}`),
      ['ERROR: connection b could not be told'],
    );
  }
  for (const { heard } of [clients[0], clients[2]] as FakeClient[])
    assert.deepEqual(heard, ['News in lobby at 1', 'News', 'News']);
});

test('a receiver that fails to hear a notice does not stop the others from hearing it', () => {
  const rooms = roomHandler();
  const ann = new FakeClient('a', { id: 1, username: 'ann' }, true);
  rooms.join(new Failing('b', null, true), 'lobby');
  rooms.join(ann, 'lobby');
  assert.deepEqual(ann.heard, ['join']);
});
