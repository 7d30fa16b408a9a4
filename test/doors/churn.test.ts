import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { WebSocket } from 'ws';
import { eventually } from '../helpers/eventually.js';
import { figuresOf } from '../helpers/figures.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const settings = settingsText({
  imports: `import { SessionManager } from 'eot-server';
import { setTimeout as pause } from 'node:timers/promises';`,
  classes: `
  class Slow extends SessionManager {
    async find(key) { await pause(100); return { id: key, username: key }; }
  }
  class Wait extends Task { async main({ signal }) { await pause(60_000, undefined, { signal }); } }
  class Hang extends Task { static deadline = 1_000; main() { return new Promise(() => {}); } }
  class Left extends Task {
    main() { return process.getActiveResourcesInfo().filter((kind) => /Timeout|TCPSocket/.test(kind)).sort(); }
  }`,
  change: `services: base.services.map((s) => (s === SessionManager ? Slow : s)),
    tasks: { ...base.tasks, Wait, Hang, Left }`,
});

type Visit = (socket: WebSocket, n: number) => Promise<void>;

const say = (socket: WebSocket, frame: object): void => socket.send(JSON.stringify(frame));

/** Waits until the server has taken what was sent. */
async function taken(socket: WebSocket): Promise<void> {
  socket.ping();
  await once(socket, 'pong');
}

async function enter(socket: WebSocket, room: string): Promise<void> {
  await once(socket, 'open');
  say(socket, { room, ref: 1 });
  await once(socket, 'message');
}

const VISITS: Record<string, Visit> = {
  'goes before it is connected': async () => undefined,
  'goes before its hello': async (socket) => {
    await once(socket, 'open');
  },
  'goes while its session is looked up': async (socket, n) => {
    await once(socket, 'open');
    say(socket, { room: `slow ${n % 7}`, ref: 1 });
    say(socket, { task: 'Wait' });
    await taken(socket);
  },
  'goes while its calls run': async (socket, n) => {
    await enter(socket, `room ${n}`);
    for (const task of ['Wait', 'Wait', 'Hang']) say(socket, { task });
    await taken(socket);
  },
  'goes out of several rooms': async (socket, n) => {
    await enter(socket, 'lobby');
    for (const room of ['attic', `room ${n}`]) say(socket, { task: 'TaskSubscribe', data: { room } });
    await taken(socket);
  },
  'goes as an original connection': async (socket, n) => {
    await once(socket, 'open');
    say(socket, { room: `old ${n % 11}` });
    await once(socket, 'message');
  },
};

/** Comes, and goes politely or not. */
async function visit({ url }: TestServer, n: number): Promise<void> {
  const kinds = Object.entries(VISITS);
  const [name, stay] = kinds[n % kinds.length] ?? ['', async () => undefined];
  const headers = name.includes('session') ? { cookie: `sessionid=user-${n % 50}` } : {};
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { headers }).on('error', () => undefined);
  await stay(socket, n);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  if (Math.floor(n / kinds.length) % 2) socket.close();
  else socket.terminate();
  await closed;
}

async function left(server: TestServer, visitor: Visitor): Promise<unknown> {
  const [door, rooms, router] = await Promise.all(
    ['WebSocketDoor', 'RoomHandler', 'Router'].map((service) => figuresOf(server, service)),
  );
  const { data: timersAndSockets } = await visitor.ask({ task: 'Left' });
  const descriptors = (await readdir(`/proc/${server.pid}/fd`)).length;
  return { door, rooms, router, timersAndSockets, descriptors };
}

test('2,000 clients that come and go leave no member, room, call, timer or descriptor', async (t) => {
  const server = await startServer(t, { settings });
  const visitor = await Visitor.in(t, server);
  const log = server.file('logging.log');
  await eventually(async () => (await readFile(log, 'utf8')).includes('starts'), 'the log is open');
  const before = JSON.stringify(await left(server, visitor));
  let n = 0;
  const visitAgain = async (): Promise<void> => {
    while (n < 2_000) await visit(server, n++);
  };
  await Promise.all(Array.from({ length: 50 }, visitAgain));
  let after = '';
  await eventually(async () => {
    after = JSON.stringify(await left(server, visitor));
    return after === before;
  }, 'nothing is left').catch(() => undefined);
  assert.equal(after, before);
});
