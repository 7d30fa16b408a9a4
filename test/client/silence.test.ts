import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomes, ScriptedServer } from './scripted-server.js';

test('a silence is doubted with a ping, and one that is answered keeps the connection', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair({ heartbeat: 250 });
  client.on('state', (state) => assert.notEqual(state, 'waiting'));
  for (let i = 0; i < 2; i += 1) {
    const ping = await visitor.next();
    assert.equal(ping.task, 'TaskPing');
    visitor.answer(ping, null);
  }
});

test('anything that is heard is as good as an answer to the ping', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair({ heartbeat: 250 });
  client.on('state', (state) => assert.notEqual(state, 'waiting'));
  await visitor.next();
  visitor.say({ task: 'News', data: 1 });
  assert.equal((await visitor.next()).task, 'TaskPing');
});

test('a connection on which a ping brings nothing is given up for another', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair({ heartbeat: 50 });
  const asked = client.ask('TaskEcho');
  const lost = assert.rejects(asked, { code: 'lost' });
  // Not even the end is heard of, as when the cable is pulled.
  visitor.socket.pause();
  const [again] = await Promise.all([server.visitor(), lost]);
  await Promise.all([again.welcome(), becomes(client, 'open')]);
});
