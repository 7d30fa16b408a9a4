import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { untilFigures } from '../helpers/figures.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { Visitor } from '../helpers/visitor.js';
import { CLOSE, CONTINUATION, frame, PING, PONG, RawSocket, TEXT } from './raw-socket.js';

const HELLO = frame(TEXT, '{"room":"lobby","ref":1}');
const ECHO = '{"task":"TaskEcho","data":"ü"}';

/** A web socket made by hand that is in a room. */
async function inLobby(t: TestContext, server: TestServer): Promise<RawSocket> {
  const raw = await RawSocket.to(t, server);
  raw.write(HELLO);
  await raw.next();
  return raw;
}

/** That the server serves, and has forgotten everybody else. */
async function lives(t: TestContext, server: TestServer): Promise<void> {
  const visitor = await Visitor.in(t, server);
  assert.equal((await visitor.ask({ task: 'TaskEcho', data: 1 })).data, 1);
  await untilFigures(server, 'WebSocketDoor', { path: '/ws', clients: 1 });
}

test('a message in fragments is one message, also with a ping between and in the middle of a character', async (t) => {
  const server = await startServer(t);
  const raw = await inLobby(t, server);
  const bytes = Buffer.from(ECHO);
  const cut = bytes.indexOf('ü') + 1;
  raw.write(frame(TEXT, bytes.subarray(0, cut), { last: false }), frame(PING, 'still there?'));
  assert.deepEqual(await raw.next(), { opcode: PONG, payload: Buffer.from('still there?') });
  raw.write(frame(CONTINUATION, '', { last: false }), frame(CONTINUATION, bytes.subarray(cut)));
  assert.equal((await raw.next()).payload.toString(), ECHO);
  for (const byte of frame(TEXT, ECHO)) raw.write(Buffer.from([byte]));
  assert.equal((await raw.next()).payload.toString(), ECHO, 'a frame in pieces of one byte');
  raw.write(frame(TEXT, ECHO), frame(TEXT, ECHO));
  for (let n = 0; n < 2; n++)
    assert.equal((await raw.next()).payload.toString(), ECHO, 'two frames in one piece');
});

const BROKEN: [string, number, () => Buffer][] = [
  ['text that is no UTF-8', 1007, () => frame(TEXT, Buffer.from([0x7b, 0xc3, 0x28, 0x7d]))],
  ['a frame that is not masked', 1002, () => frame(TEXT, ECHO, { masked: false })],
  ['an unknown kind of frame', 1002, () => frame(3, ECHO)],
  ['a reserved bit', 1002, () => Buffer.concat([Buffer.from([0xc1]), frame(TEXT, ECHO).subarray(1)])],
  ['a continuation of nothing', 1002, () => frame(CONTINUATION, ECHO)],
  [
    'a new message within another',
    1002,
    () => Buffer.concat([frame(TEXT, '{', { last: false }), frame(TEXT, ECHO)]),
  ],
  ['a ping in fragments', 1002, () => frame(PING, 'x', { last: false })],
  ['a ping that is too long', 1002, () => frame(PING, 'x'.repeat(126))],
  ['a close code that is none', 1002, () => frame(CLOSE, Buffer.from([0, 1]))],
  [
    'a length beyond all bounds',
    1009,
    () => Buffer.from([0x81, 0xff, 0x00, 0x7f, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
  ],
  [
    'fragments that are too large together',
    1009,
    () => {
      const piece = (opcode: number) => frame(opcode, 'x'.repeat(30_000), { last: false });
      return Buffer.concat([piece(TEXT), piece(CONTINUATION), piece(CONTINUATION)]);
    },
  ],
];

test('a broken protocol closes its connection with the code that says why, and harms no other', async (t) => {
  const server = await startServer(t);
  for (const [what, code, bytes] of BROKEN) {
    const raw = await inLobby(t, server);
    raw.write(bytes());
    assert.equal(await raw.closeCode(), code, what);
  }
  await lives(t, server);
});

test('a connection that ends anywhere leaves nothing behind', async (t) => {
  const server = await startServer(t);
  const whole = frame(TEXT, ECHO);
  for (let n = 0; n < whole.length; n += 5) {
    const raw = await inLobby(t, server);
    raw.socket.end(whole.subarray(0, n));
  }
  const silent = await RawSocket.to(t, server);
  silent.socket.resetAndDestroy();
  const hasty = await RawSocket.ask(t, server);
  hasty.socket.destroy();
  const inHello = await RawSocket.to(t, server);
  inHello.write(HELLO);
  inHello.socket.resetAndDestroy();
  await lives(t, server);
  await untilFigures(server, 'RoomHandler', { clients: 1, rooms: 2 });
});

test('an upgrade that is none is refused, and so is another path', async (t) => {
  const server = await startServer(t);
  assert.equal(await (await RawSocket.ask(t, server, '/elsewhere')).status(), 404);
  assert.equal(await (await RawSocket.ask(t, server, '/ws', ['Sec-WebSocket-Version: 7'])).status(), 400);
  for (const nonsense of ['\r\n\r\n', 'GET /ws\r\n\r\n', '\0'.repeat(1_000), 'GET /ws HTTP/1.1\r\n']) {
    const socket = connect(server.port, '127.0.0.1').on('error', () => undefined);
    t.after(() => socket.destroy());
    socket.end(nonsense);
  }
  await lives(t, server);
});
