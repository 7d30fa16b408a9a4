import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Refusal } from 'eot-server';
import { startServer } from 'eot-server/testing';
import settings from '../settings.js';

test('a greeting is heard by everybody in the lobby', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await server.join('lobby');
  const bob = await server.join('lobby');
  assert.equal(await ann.ask('Greet', 'Ann'), 'done');
  assert.equal((await bob.until('Greet')).data, 'Hello, Ann!');
});

test('who has no name is told so', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await server.join('lobby');
  await assert.rejects(ann.ask('Greet', ''), new Refusal('bad-data', 'whom shall I greet?'));
});

test('the clock goes on when it has died', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await server.join('lobby');
  await ann.until('Time');
  await server.kill('Clock');
  await ann.until('Time');
});
