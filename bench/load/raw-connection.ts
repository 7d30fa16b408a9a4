import { connect, type Socket } from 'node:net';
import { byteAt } from './byte-at.js';
import { maskedFrame } from './frame-template.js';

const TEXT = 0x81;
const PING = 0x89;
const PONG = 0x8a;
const NOTHING = Buffer.alloc(0);

// One buffer for all: a chunk is read to its end before the next one comes.
const READ_BUFFER = Buffer.alloc(256 * 1024);

/** Who hears what a connection receives. The bytes are only lent until the call returns. */
export interface Receiver {
  frame(bytes: Buffer, start: number, end: number): void;
  chunkEnd(): void;
  broken(reason: string): void;
}

/** A web socket client as thin as it gets: a plain socket that finds the frames' borders and little else. */
export class RawConnection {
  readonly #socket: Socket;
  readonly #receiver: Receiver;
  #rest: Buffer = NOTHING;
  #upgraded = false;

  constructor(port: number, path: string, receiver: Receiver, opened: () => void) {
    this.#receiver = receiver;
    this.#socket = connect({
      host: '127.0.0.1',
      port,
      onread: {
        buffer: READ_BUFFER,
        callback: (size) => {
          this.#read(size, opened);
          return true;
        },
      },
    });
    this.#socket.setNoDelay(true);
    this.#socket.on('error', (error) => receiver.broken(error.message));
    this.#socket.on('close', () => receiver.broken('the server closed the connection'));
    this.#socket.write(
      `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
  }

  /** Sends frames that are built and masked. */
  write(frames: Buffer): void {
    this.#socket.write(frames);
  }

  #read(size: number, opened: () => void): void {
    let bytes = READ_BUFFER;
    let end = size;
    if (this.#rest.length > 0) {
      bytes = Buffer.concat([this.#rest, READ_BUFFER.subarray(0, size)]);
      end = bytes.length;
    }
    const from = this.#upgraded ? 0 : this.#upgrade(bytes, end, opened);
    const read = this.#upgraded ? this.#frames(bytes, from, end) : 0;
    this.#rest = read === end ? NOTHING : Buffer.from(bytes.subarray(read, end));
    this.#receiver.chunkEnd();
  }

  #upgrade(bytes: Buffer, end: number, opened: () => void): number {
    const headers = bytes.toString('latin1', 0, end);
    const blank = headers.indexOf('\r\n\r\n');
    if (blank === -1) return 0;
    if (!headers.startsWith('HTTP/1.1 101 ')) {
      this.#receiver.broken(`the upgrade was answered ${headers.slice(0, headers.indexOf('\r\n'))}`);
      return 0;
    }
    this.#upgraded = true;
    opened();
    return blank + 4;
  }

  /** Hands on each whole frame and returns where the first unfinished one begins. */
  #frames(bytes: Buffer, from: number, end: number): number {
    let at = from;
    while (end - at >= 2) {
      let size = byteAt(bytes, at + 1);
      let start = at + 2;
      if (size > 125) {
        start = size === 126 ? at + 4 : at + 10;
        if (start > end) break;
        size = size === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
      }
      if (start + size > end) break;
      if (byteAt(bytes, at) === TEXT) this.#receiver.frame(bytes, start, start + size);
      else this.#control(byteAt(bytes, at), Buffer.from(bytes.subarray(start, start + size)));
      at = start + size;
    }
    return at;
  }

  #control(opcode: number, payload: Buffer): void {
    if (opcode === PING) this.write(maskedFrame(payload, PONG));
    else
      this.#receiver.broken(`a frame began with 0x${opcode.toString(16)}: ${payload.toString('latin1', 2)}`);
  }
}
