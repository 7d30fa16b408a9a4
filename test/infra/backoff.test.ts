import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Backoff, PATIENCE, type Patience } from '../../src/infra/backoff.js';

const patience: Patience = { intensity: 3, period: 1_000, first: 10, ceiling: 50, healthy: 500 };
/** The middle of the jitter: waits are what they say. */
const middle = (): number => 0.5;

test('each wait is twice the former, up to the ceiling', () => {
  const backoff = new Backoff({ ...patience, intensity: 9 }, middle);
  const waits = Array.from({ length: 6 }, (_, death) => backoff.next(death));
  assert.deepEqual(waits, [10, 20, 40, 50, 50, 50]);
});

test('one death more than the intensity within the period ends the patience', () => {
  const backoff = new Backoff(patience, middle);
  assert.deepEqual(
    [1, 2, 3, 4].map((now) => backoff.next(now)),
    [10, 20, 40, undefined],
  );
  assert.equal(new Backoff({ ...patience, intensity: 0 }, middle).next(1), undefined);
});

test('deaths that are older than the period do not count, but the wait stays long', () => {
  const backoff = new Backoff({ ...patience, healthy: 5_000 }, middle);
  assert.deepEqual(
    [0, 400, 800, 1_001].map((now) => backoff.next(now)),
    [10, 20, 40, 50],
  );
});

test('a healthy run forgives all former deaths; the time of waiting is no part of it', () => {
  const backoff = new Backoff(patience, middle);
  assert.deepEqual(
    [0, 1, 2].map((now) => backoff.next(now)),
    [10, 20, 40],
  );
  assert.equal(backoff.next(2 + 40 + 500), 10, 'it ran for 500 ms after the wait of 40');
  assert.equal(backoff.next(2 + 40 + 500 + 10 + 499), 20, 'it ran for 499 ms only');
});

test('forgetting starts anew', () => {
  const backoff = new Backoff(patience, middle);
  assert.deepEqual(
    [1, 2, 3, 4].map((now) => backoff.next(now)),
    [10, 20, 40, undefined],
  );
  backoff.forget();
  assert.equal(backoff.next(5), 10);
});

test('as it stands, a service that dies at once is parked after about three seconds', () => {
  const backoff = new Backoff(PATIENCE, middle);
  let [now, deaths] = [1, 0];
  for (let wait = backoff.next(now); wait !== undefined; wait = backoff.next(now)) {
    now += wait;
    deaths++;
  }
  assert.deepEqual([now, deaths], [3_101, 5]);
});

test('whatever the deaths, a wait is within a quarter of what it should be', () => {
  const runs = fc.array(fc.nat(600), { maxLength: 60 });
  const jitter = fc.double({ min: 0, max: 0.999, noNaN: true });
  fc.assert(
    fc.property(runs, jitter, (lasted, random) => {
      const backoff = new Backoff(patience, () => random);
      let now = 0;
      for (const run of lasted) {
        now += run;
        const wait = backoff.next(now);
        if (wait === undefined) return;
        assert.ok(wait >= 0.75 * patience.first && wait <= 1.25 * patience.ceiling, `it waits ${wait} ms`);
        now += wait;
      }
    }),
    { seed: 1873, numRuns: 500 },
  );
});
