import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type ClusterListener, ClusterManager } from '../../src/infra/cluster-manager.js';
import { type Entry, Logger } from '../../src/infra/logger.js';
import type { Json } from '../../src/wire/json.js';

/** A cluster manager to which another server may be made to speak. */
class Cluster extends ClusterManager {
  override hear(event: string, data: Json, source: string): void {
    super.hear(event, data, source);
  }
}

function cluster(): { cluster: Cluster; logged: Entry[] } {
  const logged: Entry[] = [];
  const log = new Logger({ level: 'DEBUG', write: (entry) => logged.push(entry) }, 'Cluster');
  return { cluster: new Cluster(log), logged };
}

test('alone, say succeeds and reaches nobody, the sayer neither', () => {
  const { cluster: alone, logged } = cluster();
  const heard: Json[] = [];
  alone.subscribe('tick', (data) => heard.push(data));
  assert.equal(alone.say('tick', { n: 1 }), undefined);
  assert.equal(alone.say('nobody listens', null), undefined);
  assert.deepEqual([heard, logged], [[], []]);
});

test('every listener hears the data and the source of its event, and of no other', () => {
  const { cluster: one } = cluster();
  const heard: [string, Json, string][] = [];
  const hears =
    (name: string): ClusterListener =>
    (data, source) =>
      heard.push([name, data, source]);
  one.subscribe('tick', hears('a'));
  one.subscribe('tick', hears('b'));
  one.subscribe('tock', hears('c'));
  one.hear('tick', { n: 1 }, 'server-2');
  one.hear('nobody listens', 2, 'server-2');
  assert.deepEqual(heard, [
    ['a', { n: 1 }, 'server-2'],
    ['b', { n: 1 }, 'server-2'],
  ]);
});

test('a listener that throws is logged and does not stop the others', () => {
  const { cluster: one, logged } = cluster();
  const heard: Json[] = [];
  one.subscribe('tick', () => {
    throw new Error('deaf');
  });
  one.subscribe('tick', (data) => heard.push(data));
  one.hear('tick', 1, 'server-2');
  assert.deepEqual(heard, [1]);
  assert.deepEqual(
    logged.map(({ level, message }) => [level, message]),
    [['ERROR', 'a listener of tick failed: deaf']],
  );
});

test('unsubscribing ends one listener, may be repeated, and may happen while it is heard', () => {
  const { cluster: one } = cluster();
  const heard: string[] = [];
  const endA = one.subscribe('tick', () => {
    heard.push('a');
    endA();
  });
  const endB = one.subscribe('tick', () => heard.push('b'));
  one.hear('tick', null, 's');
  one.hear('tick', null, 's');
  endB();
  endA();
  endB();
  one.hear('tick', null, 's');
  one.subscribe('tick', () => heard.push('c'));
  endA();
  endB();
  one.hear('tick', null, 's');
  assert.deepEqual(heard, ['a', 'b', 'b', 'c']);
});

test('an event without a name and a listener that is no function are refused', () => {
  const { cluster: one } = cluster();
  const deaf = null as unknown as ClusterListener;
  assert.throws(() => one.subscribe('', () => undefined), /^Error: subscribe needs the name of an event$/);
  assert.throws(
    () => one.subscribe(null as unknown as string, () => undefined),
    /needs the name of an event/,
  );
  assert.throws(() => one.subscribe('tick', deaf), /^Error: subscribe to tick needs a function$/);
});

test('who has left the cluster hears no more', async () => {
  const { cluster: one } = cluster();
  one.subscribe('tick', () => assert.fail('it was heard'));
  await one.close();
  one.hear('tick', null, 's');
});
