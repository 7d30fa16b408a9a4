import assert from 'node:assert/strict';
import { test } from 'node:test';
import { becomes, ScriptedServer } from './scripted-server.js';

// What a browser has and Node has not; this file is a process of its own.
const page = new EventTarget();
Object.assign(globalThis, {
  addEventListener: page.addEventListener.bind(page),
  removeEventListener: page.removeEventListener.bind(page),
});

test('when the network is back the client does not wait any longer', async (t) => {
  const server = await ScriptedServer.open(t);
  // A wait of 10 s and more: longer than the test may last.
  let luck = 0.999;
  const { client, visitor } = await server.pair({ random: () => luck * 1000 });
  visitor.socket.terminate();
  await becomes(client, 'waiting');
  luck = 0;
  page.dispatchEvent(new Event('online'));
  assert.equal(client.state, 'connecting');
  await Promise.all([(await server.visitor()).welcome(), becomes(client, 'open')]);
});

test('when the network has changed an open connection is doubted at once', async (t) => {
  const { visitor } = await (await ScriptedServer.open(t)).pair();
  page.dispatchEvent(new Event('online'));
  assert.equal((await visitor.next()).task, 'TaskPing');
});

test('a page that is left says so at once, and one that is come back to does not wait', async (t) => {
  const server = await ScriptedServer.open(t);
  let luck = 0.999;
  const { client, visitor } = await server.pair({ random: () => luck * 1000 });
  page.dispatchEvent(new Event('pageshow'));
  assert.equal(await visitor.unread(), 0);
  page.dispatchEvent(new Event('pagehide'));
  assert.equal(client.state, 'waiting');
  await visitor.closed;
  page.dispatchEvent(new Event('pagehide'));
  luck = 0;
  page.dispatchEvent(new Event('pageshow'));
  await Promise.all([(await server.visitor()).welcome(), becomes(client, 'open')]);
});

test('a closed client leaves nothing behind on the page', async (t) => {
  const { client } = await (await ScriptedServer.open(t)).pair();
  const removed = t.mock.method(globalThis, 'removeEventListener');
  client.close();
  assert.deepEqual(
    removed.mock.calls.map(({ arguments: [name] }) => name),
    ['online', 'pageshow', 'pagehide'],
  );
  page.dispatchEvent(new Event('online'));
  assert.equal(client.state, 'closed');
});
