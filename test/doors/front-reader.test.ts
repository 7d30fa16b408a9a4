import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { type TestContext, test } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';
import fc from 'fast-check';
import { type ServerOptions, WebSocketServer } from 'ws';
import { FrontReader } from '../../src/services/doors/front-reader.js';

const LARGEST = 2_000;
const UPGRADE = [
  'Host: x',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n');

/** What a server hears of a connection, in order, to its end. */
type Heard = Promise<string[]>;

/** A server of `ws`, with the reader in front of it or without; plays pieces to it and tells what it heard. */
async function listener(t: TestContext, front: boolean): Promise<(pieces: Buffer[]) => Heard> {
  const options = { noServer: true, perMessageDeflate: false, maxPayload: LARGEST, closeTimeout: 50 };
  const sockets = new WebSocketServer(options satisfies ServerOptions & { closeTimeout: number });
  const http = createServer();
  const stories = new Map<string, (heard: string[]) => void>();
  http.on('upgrade', (request: IncomingMessage, stream, head) =>
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const heard: string[] = [];
      const hear = (text: string): void => void heard.push(`text ${text}`);
      if (front) FrontReader.before(socket, stream, LARGEST, hear);
      socket.on('message', (data: Buffer, binary) =>
        binary ? heard.push(`binary ${data.toString('hex')}`) : hear(data.toString()),
      );
      socket.on('ping', (data) => heard.push(`ping ${data.toString('hex')}`));
      socket.on('pong', (data) => heard.push(`pong ${data.toString('hex')}`));
      socket.on('error', (error) => heard.push(`error ${error.message}`));
      socket.on('close', (code) => stories.get(request.url ?? '')?.([...heard, `close ${code}`]));
    }),
  );
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  t.after(() => http.close());
  const { port } = http.address() as AddressInfo;
  return async (pieces) => {
    const path = `/${stories.size}`;
    const told: Heard = new Promise((resolve) => stories.set(path, resolve));
    const peer = connect(port, '127.0.0.1').setNoDelay(true);
    peer.on('error', () => undefined);
    peer.write(`GET ${path} HTTP/1.1\r\n${UPGRADE}`);
    await once(peer, 'data');
    peer.resume();
    for (const piece of pieces) {
      if (peer.destroyed) break;
      peer.write(piece);
      await turn();
    }
    peer.end();
    return told.finally(() => peer.destroy());
  };
}

/** A frame as a client sends it (RFC 6455, 5.2). */
function frame(first: number, payload: Buffer, masked = true): Buffer {
  const { length } = payload;
  const mark = masked ? 0x80 : 0;
  const size = length < 126 ? [mark | length] : [mark | 126, length >> 8, length & 0xff];
  const mask = [7, 99, 200, 1];
  const body = payload.map((byte, at) => byte ^ (masked ? (mask[at & 3] ?? 0) : 0));
  return Buffer.concat([Buffer.from([first, ...size]), Buffer.from(masked ? mask : []), body]);
}

const text = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 120, maxLength: 900 }))
  .map((words) => Buffer.from(words));
const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => Buffer.from(array));
const plain = text.map((words) => [frame(0x81, words)]);
const inPieces = fc
  .tuple(text, fc.nat(), fc.boolean(), fc.constantFrom(0x01, 0x02))
  .map(([words, at, ping, kind]) => {
    const cut = at % (words.length + 1);
    const between = ping ? [frame(0x89, Buffer.from('!'))] : [];
    return [frame(kind, words.subarray(0, cut)), ...between, frame(0x80, words.subarray(cut))];
  });
const control = fc.tuple(fc.constantFrom(0x89, 0x8a), bytes).map(([kind, data]) => [frame(kind, data)]);
const binary = bytes.map((data) => [frame(0x82, data)]);
const broken = fc.constantFrom(
  frame(0x81, Buffer.from([0xff, 0xfe])),
  frame(0x81, Buffer.from('unmasked'), false),
  frame(0xc1, Buffer.from('reserved')),
  frame(0x83, Buffer.from('unknown')),
  frame(0x80, Buffer.from('continues nothing')),
  frame(0x09, Buffer.from('ping in pieces')),
  frame(0x81, Buffer.alloc(LARGEST + 1, 'x')),
  frame(0x88, Buffer.from([3, 232])),
  Buffer.from([0x81, ...Array<number>(9).fill(0xff), 1, 2, 3, 4, 5]),
);
const talk = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: plain },
    { weight: 2, arbitrary: inPieces },
    { weight: 2, arbitrary: control },
    { weight: 1, arbitrary: binary },
    { weight: 1, arbitrary: broken.map((bad) => [bad]) },
  ),
  { minLength: 1, maxLength: 25 },
);

function split(frames: Buffer[], sizes: number[]): Buffer[] {
  const all = Buffer.concat(frames);
  const pieces: Buffer[] = [];
  for (let at = 0, i = 0; at < all.length; i++) {
    const size = sizes[i % sizes.length] ?? all.length;
    pieces.push(all.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

test('whatever a client sends, in whatever pieces, is heard as ws alone would hear it', async (t) => {
  const [alone, fronted] = [await listener(t, false), await listener(t, true)];
  const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 8 });
  const property = fc.asyncProperty(talk, sizes, async (frames, lengths) => {
    const pieces = split(frames.flat(), lengths);
    // The reader unmasks in place: each listener has bytes of its own.
    const [expected, heard] = await Promise.all([
      alone(pieces),
      fronted(pieces.map((piece) => Buffer.from(piece))),
    ]);
    assert.deepEqual(heard, expected);
  });
  await fc.assert(property, { seed: 1873, numRuns: 300 });
});
