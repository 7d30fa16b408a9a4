import { isUtf8 } from 'node:buffer';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';

const PLAIN_TEXT = 0x81;
const CLOSE = 8;
const OPEN = 1;
const NOTHING = Buffer.alloc(0);

/**
 * Reads a socket's plain frames in front of `ws`: a text that came whole, in one frame and in one piece, is heard
 * here; every other frame goes on to `ws` as it came. What both hear, they hear in order.
 */
export class FrontReader {
  /** Bytes of a frame that `ws` has begun to read. */
  #left = 0;
  /** Whether `ws` waits for the rest of a message in several frames. */
  #inPieces = false;
  /** The beginning of a frame whose length has not come yet. */
  #begun = NOTHING;
  /** Whether the other end has said goodbye: what comes behind it is nobody's. */
  #over = false;

  private constructor(
    private readonly socket: WebSocket,
    private readonly maxFrame: number,
    private readonly hear: (text: string) => void,
    private readonly pass: (bytes: Buffer) => void,
  ) {}

  /** Steps in front of `ws` on a socket that it has just taken. */
  static before(socket: WebSocket, stream: Duplex, maxFrame: number, hear: (text: string) => void): void {
    const listener = stream.listeners('data')[0];
    if (!listener) throw new Error('ws does not listen to its socket');
    stream.off('data', listener as (bytes: Buffer) => void);
    const reader = new FrontReader(socket, maxFrame, hear, (bytes) => listener.call(stream, bytes));
    stream.on('data', (bytes: Buffer) => reader.read(bytes));
  }

  /** A piece of the stream has come. */
  read(piece: Buffer): void {
    const bytes = this.#begun.length === 0 ? piece : Buffer.concat([this.#begun, piece]);
    this.#begun = NOTHING;
    const end = bytes.length;
    let at = this.#left === 0 ? 0 : this.#passOn(bytes, 0, this.#left);
    // `ws` tells a turn later what is wrong with a frame: nothing behind one in the same piece is heard here.
    let ours = at === 0;
    while (at < end && !this.#over) {
      if (this.socket.readyState !== OPEN) return this.pass(bytes.subarray(at));
      const first = bytes[at] ?? 0;
      const second = bytes[at + 1] ?? 0x80;
      const masked = second > 0x7f;
      const length = second & 0x7f;
      const head = (length < 126 ? 2 : length === 126 ? 4 : 10) + (masked ? 4 : 0);
      if (end - at < head) {
        this.#begun = Buffer.from(bytes.subarray(at));
        return;
      }
      const size =
        length < 126
          ? length
          : length === 126
            ? bytes.readUInt16BE(at + 2)
            : Number(bytes.readBigUInt64BE(at + 2));
      const next = at + head + size;
      ours &&= first === PLAIN_TEXT && masked && !this.#inPieces && size <= this.maxFrame && next <= end;
      ours &&= this.#hear(bytes, at + head, next);
      if (!ours) {
        // A control frame may come between the pieces of a message.
        if ((first & 0x0f) < 8) this.#inPieces = first < 0x80;
        this.#over = (first & 0x0f) === CLOSE;
        this.#passOn(bytes, at, head + size);
      }
      at = next;
    }
  }

  /** Unmasks and hears a text; leaves one that is not UTF-8 as it was, for `ws` to complain of. */
  #hear(bytes: Buffer, start: number, end: number): boolean {
    const seen = toggleMask(bytes, start, end);
    if (seen < 0x80) this.hear(bytes.toString('latin1', start, end));
    else if (isUtf8(bytes.subarray(start, end))) this.hear(bytes.toString('utf8', start, end));
    else {
      toggleMask(bytes, start, end);
      return false;
    }
    return true;
  }

  #passOn(bytes: Buffer, at: number, count: number): number {
    const end = Math.min(at + count, bytes.length);
    this.#left = at + count - end;
    this.pass(at === 0 && end === bytes.length ? bytes : bytes.subarray(at, end));
    return end;
  }
}

/** Applies the mask that stands before `start`; tells which bits the unmasked bytes have. */
function toggleMask(bytes: Buffer, start: number, end: number): number {
  let seen = 0;
  for (let i = start; i < end; i++) {
    const byte = (bytes[i] ?? 0) ^ (bytes[start - 4 + ((i - start) & 3)] ?? 0);
    bytes[i] = byte;
    seen |= byte;
  }
  return seen;
}
