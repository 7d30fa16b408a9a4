import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EotError, State } from '../../src/client/eot-client.js';
import { becomes, ScriptedServer } from './scripted-server.js';

test('the hello names the room and the session, and asks for an answer', async (t) => {
  const server = await ScriptedServer.open(t);
  server.client({ room: 'engine', session: 's3ss' });
  const { ref, ...hello } = await (await server.visitor()).next();
  assert.deepEqual(hello, { room: 'engine', session_id: 's3ss' });
  assert.ok(ref);
});

test('without a session none is sent', async (t) => {
  const server = await ScriptedServer.open(t);
  server.client();
  assert.deepEqual(Object.keys(await (await server.visitor()).next()).sort(), ['ref', 'room']);
});

test('after the answer the client is open, and knows its cid and user', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client();
  assert.deepEqual([client.state, client.cid, client.user], ['connecting', undefined, undefined]);
  const opened = becomes(client, 'open');
  await (await server.visitor()).welcome();
  await opened;
  assert.deepEqual([client.state, client.cid, client.user], ['open', 'c1d', { id: 7, username: 'ann' }]);
});

test('a refused hello closes the client for good and says why', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client();
  const refused = new Promise<EotError>((resolve) => client.on('error', resolve));
  const asked = assert.rejects(client.ask('TaskEcho'), { code: 'closed', message: 'told refused' });
  const visitor = await server.visitor();
  visitor.fail(await visitor.next(), 'refused');
  assert.equal((await refused).code, 'refused');
  assert.equal(client.state, 'closed');
  await Promise.all([asked, visitor.closed]);
});

test('a server that is too busy for a hello is asked again', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client();
  const errors: string[] = [];
  client.on('error', ({ code }) => errors.push(code));
  const visitor = await server.visitor();
  visitor.fail(await visitor.next(), 'busy');
  const opened = becomes(client, 'open');
  await (await server.visitor()).welcome();
  await opened;
  assert.deepEqual(errors, ['busy']);
});

test('a hello without an answer is given up after the deadline, and said again', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client({ deadline: 400 });
  client.on('error', ({ code }) => assert.equal(code, 'deadline'));
  const silent = await server.visitor();
  const again = await server.visitor();
  assert.deepEqual((await silent.next()).room, (await again.next()).room);
});

test('a connection that does not open is given up after the deadline, and tried again', async (t) => {
  const server = await ScriptedServer.open(t);
  server.hang(1);
  const client = server.client({ deadline: 400 });
  const visitor = await server.visitor();
  await Promise.all([visitor.welcome(), becomes(client, 'open')]);
});

test('the deadline of connecting ends with it', async (t) => {
  const { client } = await (await ScriptedServer.open(t)).pair({ deadline: 400 });
  await assert.rejects(client.ask('TaskSlow', null, { deadline: 500 }), { code: 'deadline' });
});

test('states are told in order', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client();
  const states: State[] = [];
  const stop = client.on('state', (state) => states.push(state));
  const first = await server.visitor();
  await Promise.all([first.welcome(), becomes(client, 'open')]);
  first.socket.terminate();
  await Promise.all([(await server.visitor()).welcome(), becomes(client, 'open')]);
  client.close();
  assert.deepEqual(states, ['open', 'waiting', 'connecting', 'open', 'closed']);
  stop();
});
