import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { TestServer } from '../helpers/server.js';

export const TEXT = 1;
export const CONTINUATION = 0;
export const CLOSE = 8;
export const PING = 9;
export const PONG = 10;

/** How long a test waits for what must come, in milliseconds. */
const PATIENCE = 10_000;

export interface Shape {
  /** Whether the message ends here; true unless said otherwise. */
  last?: boolean;
  /** Whether it is masked, as a client's frame must be; true unless said otherwise. */
  masked?: boolean;
}

/** A web socket frame, byte by byte (RFC 6455, 5.2). */
export function frame(
  opcode: number,
  payload: string | Buffer,
  { last = true, masked = true }: Shape = {},
): Buffer {
  const body = Buffer.from(payload);
  const size = body.length < 126 ? [body.length] : [126, body.length >> 8, body.length & 0xff];
  const head = Buffer.from([(last ? 0x80 : 0) | opcode, ...size]);
  if (!masked) return Buffer.concat([head, body]);
  head[1] = (head[1] ?? 0) | 0x80;
  const mask = randomBytes(4);
  for (let i = 0; i < body.length; i++) body[i] = (body[i] ?? 0) ^ (mask[i % 4] ?? 0);
  return Buffer.concat([head, mask, body]);
}

/** A web socket made by hand: it sends any bytes, and may stop reading. */
export class RawSocket {
  #bytes = Buffer.alloc(0);
  #came = (): void => undefined;

  private constructor(readonly socket: Socket) {
    socket.on('error', () => undefined);
    for (const event of ['data', 'end', 'close'])
      socket.on(event, (bytes?: Buffer) => {
        if (Buffer.isBuffer(bytes)) this.#bytes = Buffer.concat([this.#bytes, bytes]);
        this.#came();
      });
  }

  /** Asks for a web socket; the answer of HTTP is left to be read. */
  static async ask(
    t: TestContext,
    { port }: TestServer,
    path = '/ws',
    headers: string[] = [],
  ): Promise<RawSocket> {
    const raw = new RawSocket(connect(port, '127.0.0.1'));
    t.after(() => raw.socket.destroy());
    await once(raw.socket, 'connect');
    const key = randomBytes(16).toString('base64');
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${key}`,
    ];
    const lines = [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`, ...upgrade, ...headers];
    raw.socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    return raw;
  }

  /** Opens a web socket. */
  static async to(t: TestContext, server: TestServer, path = '/ws'): Promise<RawSocket> {
    const raw = await RawSocket.ask(t, server, path);
    const status = await raw.status();
    if (status !== 101) throw new Error(`the upgrade was answered with ${status}`);
    return raw;
  }

  /** The status of HTTP's answer. */
  async status(): Promise<number> {
    const end = await this.#until((bytes) => {
      const at = bytes.indexOf('\r\n\r\n');
      return at < 0 ? undefined : at + 4;
    });
    return Number(this.#take(end).toString().split(' ')[1]);
  }

  /** The next frame that came. */
  async next(): Promise<{ opcode: number; payload: Buffer }> {
    const [start, end] = await this.#until(extentOf);
    const bytes = this.#take(end);
    return { opcode: (bytes[0] ?? 0) & 0x0f, payload: bytes.subarray(start) };
  }

  /** The code of the close frame that comes next. */
  async closeCode(): Promise<number> {
    const { opcode, payload } = await this.next();
    if (opcode !== CLOSE) throw new Error(`frame ${opcode} came instead of a close: ${payload}`);
    return payload.length < 2 ? 1005 : payload.readUInt16BE();
  }

  write(...frames: Buffer[]): void {
    this.socket.write(Buffer.concat(frames));
  }

  #take(end: number): Buffer {
    const taken = this.#bytes.subarray(0, end);
    this.#bytes = this.#bytes.subarray(end);
    return taken;
  }

  async #until<T>(found: (bytes: Buffer) => T | undefined): Promise<T> {
    for (;;) {
      const result = found(this.#bytes);
      if (result !== undefined) return result;
      if (this.socket.readableEnded || this.socket.destroyed) throw new Error('the connection has ended');
      await this.#more();
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing came within ${PATIENCE} ms`)), PATIENCE);
      this.#came = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

/** Where the payload of a frame that has wholly come begins and ends; a server's frames are not masked. */
function extentOf(bytes: Buffer): [number, number] | undefined {
  const short = bytes[1] ?? 0;
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return undefined;
  const length =
    start === 10 ? Number(bytes.readBigUInt64BE(2)) : start === 4 ? bytes.readUInt16BE(2) : short;
  return bytes.length < start + length ? undefined : [start, start + length];
}
