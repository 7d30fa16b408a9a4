import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { WebSocket } from 'ws';
import {
  EotClient,
  type EotClientOptions,
  type EotError,
  type Message,
} from '../../src/client/eot-client.js';
import { launchChromium, withoutChromium } from '../helpers/chromium.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { becomes } from './scripted-server.js';

/** A server whose task Say says its data in the room of the call. */
const SAYING = settingsText({
  classes: 'class Say extends Task { main(request) { request.say(request.data); } }',
  change: 'tasks: { ...base.tasks, Say }',
});

function clientOf(t: TestContext, { url }: TestServer, options: EotClientOptions = {}): EotClient {
  const client = new EotClient({
    url: `${url.replace('http', 'ws')}/ws`,
    room: 'lobby',
    WebSocket,
    random: () => 0.1,
    ...options,
  });
  t.after(() => client.close());
  return client;
}

test('the server lets the client in and answers what it asks', async (t) => {
  const client = clientOf(t, await startServer(t));
  assert.deepEqual(await client.ask('TaskEcho', { a: [1, 'ü', null] }), { a: [1, 'ü', null] });
  assert.equal(client.state, 'open');
  assert.match(client.cid ?? '', /^[0-9a-f]{32}$/);
  assert.equal(client.user, null);
  assert.equal(await client.ask('TaskPing'), null);
  await assert.rejects(client.ask('constructor'), {
    name: 'EotError',
    code: 'unknown-task',
    task: 'constructor',
  });
  await assert.rejects(client.ask('TaskSubscribe', { room: 7 }), { code: 'bad-data' });
  await assert.rejects(client.ask('TaskEcho', 1, { room: 'elsewhere' }), { code: 'not-joined' });
});

test('the failure of a send is an error event', async (t) => {
  const client = clientOf(t, await startServer(t));
  const told = new Promise<EotError>((resolve) => client.on('error', resolve));
  client.send('Nope');
  const { code, task } = await told;
  assert.deepEqual([code, task], ['unknown-task', 'Nope']);
});

test('what one says in a room the others hear, until they leave', async (t) => {
  const server = await startServer(t, { settings: SAYING });
  const [ann, bob] = [clientOf(t, server), clientOf(t, server)];
  const heard: Message[] = [];
  const inDeck = new Promise<void>((resolve) => {
    bob.join('deck', (message) => resolve(void heard.push(message))).catch(assert.fail);
  });
  assert.deepEqual(await ann.join('deck'), { room: 'deck', offset: 0 });
  await bob.ask('TaskPing');
  ann.send('Say', 'in the lobby');
  ann.send('Say', 'on deck', { room: 'deck' });
  await inDeck;
  assert.deepEqual(heard, [{ task: 'Say', data: 'on deck', room: 'deck', offset: 1 }]);
  await bob.leave('deck');
  bob.subscribe('Say', ({ room }) => assert.equal(room, 'lobby'));
  const inLobby = new Promise<Message>((resolve) => bob.subscribe('Say', resolve));
  ann.send('Say', 'nobody is here', { room: 'deck' });
  ann.send('Say', 'again');
  assert.equal((await inLobby).data, 'again');
});

test('when the server restarts the client is back in all its rooms, and what waited is said there', async (t) => {
  const server = await startServer(t, { settings: SAYING });
  const client = clientOf(t, server);
  const heard = new Promise<Message>((resolve) => {
    client.join('deck', resolve).catch(assert.fail);
  });
  await client.ask('TaskPing');
  const waiting = becomes(client, 'waiting');
  await server.end('SIGTERM');
  await waiting;
  client.send('Say', 'still here', { room: 'deck' });
  await startServer(t, { settings: SAYING, folder: server.folder, port: server.port });
  assert.deepEqual(await heard, { task: 'Say', data: 'still here', room: 'deck', offset: 1 });
});

test('a hello that the server refuses closes the client for good', async (t) => {
  const client = clientOf(t, await startServer(t), { room: 'x'.repeat(1_025) });
  const { code } = await new Promise<EotError>((resolve) => client.on('error', resolve));
  assert.deepEqual([client.state, code], ['closed', 'bad-frame']);
});

test('a frame that is too large for the server closes the client for good', async (t) => {
  const client = clientOf(t, await startServer(t));
  const told = new Promise<EotError>((resolve) => client.on('error', resolve));
  await assert.rejects(client.ask('TaskEcho', 'x'.repeat(70_000)), { code: 'lost' });
  assert.match((await told).message, /1009/);
  assert.equal(client.state, 'closed');
});

test('a server that has trouble with its sessions is asked again', async (t) => {
  const settings = settingsText({
    classes: `let fails = 1;
class Troubled extends SessionManager { user() { if (fails-- > 0) throw new Error('no database'); return { id: 7, username: 'ann' }; } }`,
    imports: "import { SessionManager } from 'eot-server';",
    change: 'services: base.services.map((service) => (service === SessionManager ? Troubled : service))',
  });
  const client = clientOf(t, await startServer(t, { settings }));
  const told = new Promise<EotError>((resolve) => client.on('error', resolve));
  assert.equal(await client.ask('TaskEcho', 'in'), 'in');
  assert.deepEqual([(await told).code, client.user], ['internal', { id: 7, username: 'ann' }]);
});

test('in a browser the server gives the library, and it needs no options', {
  skip: withoutChromium,
}, async (t) => {
  const { url } = await startServer(t);
  const context = await (await launchChromium()).newContext();
  t.after(() => context.close());
  const page = await context.newPage();
  await page.goto(`${url}/panel`);
  await page.addScriptTag({ url: '/client.js' });
  const answer = await page.evaluate(`new EotClient().ask('TaskEcho', 'ahoy')`);
  assert.equal(answer, 'ahoy');
});
