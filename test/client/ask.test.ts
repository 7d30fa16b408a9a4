import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EotError } from '../../src/client/eot-client.js';
import { becomes, ScriptedServer } from './scripted-server.js';

test('an ask brings the answer with its ref, in whatever order answers come', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  const slow = client.ask('TaskSlow', { a: 1 });
  const fast = client.ask('TaskFast', [2], { room: 'lobby' });
  const [one, two] = [await visitor.next(), await visitor.next()];
  assert.deepEqual([one.task, one.data, one.room], ['TaskSlow', { a: 1 }, undefined]);
  assert.deepEqual([two.task, two.data, two.room], ['TaskFast', [2], 'lobby']);
  visitor.answer(two, 'second');
  assert.equal(await fast, 'second');
  visitor.answer(one, null);
  assert.equal(await slow, null);
});

test('an error of the server rejects the ask with its code, message and task', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  const asked = client.ask('TaskEcho');
  visitor.fail(await visitor.next(), 'bad-data');
  await assert.rejects(asked, (error) => {
    assert.ok(error instanceof EotError && error instanceof Error);
    assert.deepEqual(
      [error.name, error.code, error.message, error.task],
      ['EotError', 'bad-data', 'told bad-data', 'TaskEcho'],
    );
    return true;
  });
});

test('an ask rejects after its own deadline, and the late answer disturbs nobody', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  client.subscribe('TaskSlow', () => assert.fail('an answer is not a message'));
  client.on('error', (error) => assert.fail(error));
  await assert.rejects(client.ask('TaskSlow', null, { deadline: 10 }), {
    code: 'deadline',
    task: 'TaskSlow',
  });
  visitor.answer(await visitor.next(), 'too late');
  const after = client.ask('TaskEcho');
  visitor.answer(await visitor.next(), 'in time');
  assert.equal(await after, 'in time');
});

test('an ask whose connection breaks rejects with lost, and is not asked again', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  const asked = client.ask('TaskPay');
  await visitor.next();
  visitor.socket.terminate();
  await assert.rejects(asked, { code: 'lost', task: 'TaskPay' });
  const again = await server.visitor();
  await again.welcome();
  client.send('TaskNext');
  assert.equal((await again.next()).task, 'TaskNext');
});

test('an ask that still waits for the connection outlives a lost one', async (t) => {
  const server = await ScriptedServer.open(t);
  const { client, visitor } = await server.pair();
  visitor.socket.terminate();
  await becomes(client, 'waiting');
  const asked = client.ask('TaskEcho');
  const second = await server.visitor();
  await second.next();
  second.socket.terminate();
  const third = await server.visitor();
  await third.welcome();
  third.answer(await third.next(), 'well');
  assert.equal(await asked, 'well');
});

test('an ask whose deadline passes while it waits for the connection is never sent', async (t) => {
  const server = await ScriptedServer.open(t);
  const client = server.client();
  const visitor = await server.visitor();
  await assert.rejects(client.ask('TaskPay', null, { deadline: 10 }), { code: 'deadline' });
  client.send('TaskNext');
  await visitor.welcome();
  assert.equal((await visitor.next()).task, 'TaskNext');
});

test('close rejects what has no answer yet, and every call after it', async (t) => {
  const { client, visitor } = await (await ScriptedServer.open(t)).pair();
  const asked = client.ask('TaskEcho');
  client.close();
  await assert.rejects(asked, { code: 'closed' });
  await assert.rejects(client.ask('TaskEcho'), { code: 'closed' });
  assert.throws(() => client.send('TaskEcho'), { code: 'closed' });
  await visitor.closed;
});
