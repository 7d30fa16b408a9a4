import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/wire/json.js';
import { figuresOf } from '../helpers/figures.js';
import { knownSettings, modern, original, session } from '../helpers/known.js';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const ANN = { id: 1, username: 'ann' };

/** Settings whose session manager finds users with this method, and whose task Asked tells how often it was asked. */
const finding = (find: string): string =>
  settingsText({
    imports: "import { SessionManager } from 'eot-server';",
    classes: `let asked = 0;
    class Store extends SessionManager { find(key, visit) { asked++; ${find} } }
    class Asked extends Task { main({ user }) { return { asked, user }; } }
    class Members extends Task { main() { return 'let in'; } }
    access(users)(Members);`,
    change: `services: base.services.map((s) => (s === SessionManager ? Store : s)),
      tasks: { ...base.tasks, Asked, Members }`,
  });

const userIn = ({ data }: Record<string, Json>): Json => (data as { user: Json }).user;

test('the cookie sessionid says who a visitor is', async (t) => {
  const server = await startServer(t, { settings: knownSettings() });
  const cookies = ['sessionid=1-ann', 'a=b; sessionid=1-ann; sessionid=2-bob', ' sessionid = "1-ann" ;x'];
  for (const cookie of cookies) {
    const visitor = await Visitor.to(t, server, '/ws', { cookie });
    assert.deepEqual(userIn(await visitor.ask({ room: 'lobby', session_id: '2-bob' })), ANN, cookie);
  }
  for (const cookie of [
    '',
    'sessionid=',
    'sessionid',
    'xsessionid=1-ann',
    'SESSIONID=1-ann',
    'sessionid=nobody',
  ]) {
    const visitor = await Visitor.to(t, server, '/ws', { cookie });
    assert.equal(userIn(await visitor.ask({ room: 'lobby', session_id: '2-bob' })), null, cookie);
  }
});

test('by setting, the session_id of the hello says it, and the cookie does not', async (t) => {
  const settings = knownSettings().replace(
    'services: knownServices(base.services)',
    'services: knownServices(base.services, { sameDomain: false })',
  );
  const server = await startServer(t, { settings });
  const visitor = await Visitor.to(t, server, '/ws', session('2-bob'));
  assert.deepEqual(userIn(await visitor.ask({ room: 'lobby', session_id: '1-ann' })), ANN);
  for (const sessionId of [undefined, null, 7, '', ['1-ann'], { key: '1-ann' }]) {
    const stranger = await Visitor.to(t, server, '/ws', session('2-bob'));
    const hello = sessionId === undefined ? {} : { session_id: sessionId };
    assert.equal(userIn(await stranger.ask({ room: 'lobby', ...hello })), null);
  }
});

test('a session is resolved once, at the hello', async (t) => {
  const server = await startServer(t, { settings: finding("return { id: 1, username: 'ann' };") });
  const visitor = await modern(t, server, 'lobby', 'key');
  for (let n = 0; n < 3; n++)
    assert.deepEqual((await visitor.ask({ task: 'Asked' })).data, { asked: 1, user: ANN });
  await visitor.ask({ room: 'lobby', session_id: 'other' });
  assert.deepEqual((await visitor.ask({ task: 'Asked' })).data, { asked: 1, user: ANN });
});

test('a store that fails is asked once more', async (t) => {
  for (const how of ["throw new Error('away')", "return Promise.reject(new Error('away'))"]) {
    const settings = finding(`if (asked % 2) { ${how}; } return { id: 1, username: 'ann' };`);
    const visitor = await modern(t, await startServer(t, { settings }), 'lobby', 'key');
    assert.deepEqual((await visitor.ask({ task: 'Asked' })).data, { asked: 2, user: ANN });
  }
});

test('when it fails twice the visitor is anonymous', async (t) => {
  const server = await startServer(t, { settings: finding("throw new Error('away');") });
  const visitor = await modern(t, server, 'lobby', 'key');
  assert.deepEqual((await visitor.ask({ task: 'Asked' })).data, { asked: 2, user: null });
});

test('a store that gives nothing at all gives no user, and lets nobody in', async (t) => {
  for (const nothing of ['return undefined;', 'return Promise.resolve();', 'return null;']) {
    const visitor = await modern(t, await startServer(t, { settings: finding(nothing) }), 'lobby', 'key');
    assert.deepEqual((await visitor.ask({ task: 'Asked' })).data, { asked: 1, user: null }, nothing);
    const { error } = await visitor.ask({ task: 'Members' });
    assert.deepEqual(error, { code: 'refused', message: 'Members is not for anonymous visitors' });
  }
});

test('while the store thinks, calls wait, and others are served', async (t) => {
  const settings = finding(`
    if (key === 'go') { for (const go of waiting.splice(0)) go(); return null; }
    return new Promise((resolve) => waiting.push(() => resolve({ id: 1, username: key })));`).replace(
    'let asked = 0;',
    'let asked = 0; const waiting = [];',
  );
  const server = await startServer(t, { settings });
  const visitor = await original(t, server, 'lobby', 'ann');
  for (const data of [1, 2]) visitor.send({ task: 'TaskEcho', data });
  visitor.send({ room: 'lobby', ref: 'again' });
  assert.equal((await visitor.nextJson()).ref, 'again', 'a second hello is refused at once');
  const other = await modern(t, server, 'lobby');
  assert.equal((await other.ask({ task: 'TaskEcho', data: 3 })).data, 3);
  await modern(t, server, 'lobby', 'go');
  const [, , ...echoes] = [
    await visitor.next(),
    await visitor.next(),
    await visitor.next(),
    await visitor.next(),
  ];
  assert.deepEqual(echoes, ['{"task":"TaskEcho","data":1}', '{"task":"TaskEcho","data":2}']);
});

test('while the store thinks, a hundred calls wait; more are told to try again', async (t) => {
  const server = await startServer(t, { settings: finding('return new Promise(() => undefined);') });
  const visitor = await Visitor.to(t, server, '/ws', session('ann'));
  visitor.send({ room: 'lobby' });
  for (let ref = 0; ref < 101; ref++) visitor.send({ task: 'TaskEcho', ref });
  assert.deepEqual(await visitor.nextJson(), {
    ref: 100,
    task: 'TaskEcho',
    error: { code: 'busy', message: 'wait for the answer to the hello' },
  });
});

test('who cannot be welcomed is told so, and so are the calls that waited; a better hello is taken', async (t) => {
  const settings = settingsText({
    imports: "import { SessionManager } from 'eot-server';",
    classes: `class Odd extends SessionManager {
      async user({ sessionId }) { if (sessionId) throw new Error('secret'); return null; }
    }`,
    change: 'services: base.services.map((s) => (s === SessionManager ? Odd : s))',
  });
  const visitor = await Visitor.to(t, await startServer(t, { settings }));
  visitor.send({ room: 'lobby', session_id: 'odd', ref: 'hello' });
  visitor.send({ task: 'TaskEcho', data: 1, ref: 'waiting' });
  const told = [await visitor.nextJson(), await visitor.nextJson()];
  assert.deepEqual(
    told.map(({ ref, error }) => [ref, (error as { code: string }).code]),
    [
      ['hello', 'internal'],
      ['waiting', 'not-joined'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(told), /secret/);
  assert.equal(userIn(await visitor.ask({ room: 'lobby' })), null);
  assert.equal((await visitor.ask({ task: 'TaskEcho', data: 2 })).data, 2);
});

test('who cannot be told that they are in is not in', async (t) => {
  const server = await startServer(t, { settings: finding("return { id: 7n, username: 'ann' };") });
  const visitor = await Visitor.to(t, server, '/ws', session('key'));
  for (let n = 0; n < 2; n++) {
    const { error } = await visitor.ask({ room: 'lobby' });
    assert.equal((error as { code: string }).code, 'internal', 'an id that JSON cannot say');
  }
  const { clients } = await figuresOf(server, 'RoomHandler');
  assert.equal(clients, 0);
});

test('a store that never answers holds nobody: the visitor is anonymous', async (t) => {
  const settings = finding('return new Promise(() => undefined);').replace(
    '? Store : s',
    '? Store.with({ within: 50 }) : s',
  );
  const server = await startServer(t, { settings });
  const visitor = await Visitor.to(t, server, '/ws', session('1-ann'));
  assert.equal(userIn(await visitor.ask({ room: 'lobby' })), null);
  assert.deepEqual((await visitor.ask({ task: 'Asked' })).data, { asked: 2, user: null });
});
