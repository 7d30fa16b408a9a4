import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClusterManager } from '../../src/infra/cluster-manager.js';
import { Logger } from '../../src/infra/logger.js';
import type { Run } from '../../src/infra/service.js';
import { RoomHandler } from '../../src/services/rooms/room-handler.js';
import type { Speech } from '../../src/services/rooms/speech.js';
import type { Json } from '../../src/wire/json.js';
import { FakeClient } from './fake-client.js';

const log = new Logger({ level: 'CRITICAL', write: () => undefined }, 'test');

/** Remembers what is told to the other servers, and tells what they say. */
class FakeCluster extends ClusterManager {
  readonly told: Json[] = [];

  override say(event: string, data: Json): void {
    this.told.push([event, data]);
  }

  override hear(event: string, data: Json): void {
    super.hear(event, data, 'another server');
  }
}

/** A room handler that runs until `stop`, with one client in the lobby. */
function server(): {
  cluster: FakeCluster;
  rooms: RoomHandler;
  client: FakeClient;
  stop: () => Promise<void>;
} {
  const cluster = new FakeCluster(log);
  const rooms = new RoomHandler({}, cluster, log);
  const client = new FakeClient('c1', { id: 1, username: 'ann' });
  rooms.join(client, 'lobby');
  const controller = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve());
  });
  const run: Run = { signal: controller.signal, stopped, ready: () => undefined };
  const ended = rooms.main(run);
  const stop = (): Promise<void> => {
    controller.abort();
    return ended;
  };
  return { cluster, rooms, client, stop };
}

const SPEECHES: Speech[] = [
  { room: 'lobby', task: 'News', data: 1 },
  { users: [1], task: 'News', data: 2 },
  { all: true, task: 'News', data: 3 },
  { room: 'elsewhere', cid: 'c1', task: 'News', data: 4 },
];

test('what is said to a room, users or all goes to the other servers, too; to one connection it does not', async () => {
  const { cluster, rooms, stop } = server();
  for (const speech of [
    ...SPEECHES,
    { cid: 'c1', task: 'News', data: 5 },
    { cid: 'far', task: 'News', data: 6 },
  ])
    rooms.say(speech);
  assert.deepEqual(
    cluster.told,
    SPEECHES.map((speech) => ['say_socket_send', speech]),
  );
  await stop();
});

test('what another server says is heard here once, and not passed on', async () => {
  const { cluster, client, stop } = server();
  for (const speech of SPEECHES) cluster.hear('say_socket_send', { ...speech } as unknown as Json);
  assert.deepEqual(client.heard, ['News in lobby at 1', 'News', 'News']);
  assert.deepEqual(cluster.told, []);
  await stop();
  cluster.hear('say_socket_send', { all: true, task: 'News', data: 7 });
  assert.equal(client.heard.length, 3, 'a room handler that has stopped hears nothing');
});
