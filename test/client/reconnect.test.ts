import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { EotError, State } from '../../src/client/eot-client.js';
import { jitter } from '../../src/client/jitter.js';
import { comesBack, GOING_AWAY, REFUSED, SILENT, SLOW } from '../../src/wire/close.js';
import { becomes, ScriptedServer } from './scripted-server.js';

for (const code of [1000, GOING_AWAY, 1011, SLOW, SILENT, 4499]) {
  test(`after close code ${code} the client comes back`, async (t) => {
    const server = await ScriptedServer.open(t);
    const { client, visitor } = await server.pair();
    visitor.socket.close(code);
    await Promise.all([(await server.visitor()).welcome(), becomes(client, 'open')]);
  });
}

for (const code of [1002, 1003, 1007, 1008, 1009, REFUSED, 4999]) {
  test(`after close code ${code} the client stays away and says why`, async (t) => {
    const server = await ScriptedServer.open(t);
    const { client, visitor } = await server.pair();
    const told = new Promise<EotError>((resolve) => client.on('error', resolve));
    const asked = client.ask('TaskEcho');
    await visitor.next();
    visitor.socket.close(code, 'because');
    await assert.rejects(asked, { code: 'lost' });
    const error = await told;
    assert.deepEqual([client.state, error.code], ['closed', 'closed']);
    assert.match(error.message, new RegExp(`${code} because`));
  });
}

test('a code comes back unless the protocol lists it', () => {
  const final = [1002, 1003, 1007, 1008, 1009];
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 4999 }), (code) => {
      assert.equal(comesBack(code), !final.includes(code) && code < 4500);
    }),
  );
});

test('the wait before try n lies between 0 and min(20 s, 0.5 s · 2ⁿ)', () => {
  assert.equal(
    jitter(1, () => 0),
    0,
  );
  assert.deepEqual(
    [1, 2, 5, 6, 2000].map((n) => jitter(n, () => 1)),
    [1000, 2000, 16000, 20000, 20000],
  );
});

test('a server that breaks each connection after the hello is waited for longer and longer', async (t) => {
  const server = await ScriptedServer.open(t);
  const waits: number[] = [];
  const { setTimeout: real } = globalThis;
  server.client({ random: () => 0.5 });
  t.mock.method(globalThis, 'setTimeout', (fn: () => void, ms: number) => {
    if (ms < 15_000) waits.push(ms);
    return real(fn, ms < 15_000 ? 0 : ms);
  });
  for (let i = 0; i < 4; i += 1) {
    const visitor = await server.visitor();
    await visitor.welcome();
    visitor.socket.terminate();
  }
  await server.visitor();
  assert.deepEqual(waits, [500, 1000, 2000, 4000]);
});

test('a client that is closed while it waits does not come back', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  const states: State[] = [];
  client.on('state', (state) => states.push(state));
  client.on('state', (state) => state === 'waiting' && client.close());
  visitor.socket.terminate();
  await becomes(client, 'closed');
  // Another one comes and goes: a longer way than a retry without a wait.
  const other = await server.pair();
  other.client.close();
  await other.visitor.closed;
  assert.deepEqual(states, ['waiting', 'closed']);
});
