import { byteAt } from './byte-at.js';
import { FIRST } from './sequence.js';

// Not zero: `ws` does not unmask for a mask of zeros, which no browser sends.
const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d]);
const TEXT = 0x81;
const DIGITS = String(FIRST).length;
const ZERO = 48;

/** A masked client frame around `text`, with `opcode` of its first byte (a text frame if left out). */
export function maskedFrame(text: string | Buffer, opcode: number = TEXT): Buffer {
  const payload = Buffer.from(text);
  const long = payload.length > 125;
  const head = long
    ? Buffer.from([opcode, 0xfe, payload.length >> 8, payload.length & 0xff])
    : Buffer.from([opcode, 0x80 | payload.length]);
  for (let i = 0; i < payload.length; i += 1) payload[i] = byteAt(payload, i) ^ byteAt(MASK, i & 3);
  return Buffer.concat([head, MASK, payload]);
}

/** A client frame built and masked once, in which only the sequence number changes from send to send. */
export class FrameTemplate {
  readonly #frame: Buffer;
  /** Where in the frame the digits stand, and the mask's byte for each. */
  readonly #places: number[] = [];
  readonly #masks: number[] = [];

  /** `text` holds the first sequence number wherever the number belongs. */
  constructor(text: string) {
    this.#frame = maskedFrame(text);
    const payloadAt = this.#frame.length - Buffer.byteLength(text);
    for (let at = text.indexOf(String(FIRST)); at !== -1; at = text.indexOf(String(FIRST), at + 1)) {
      this.#places.push(payloadAt + at);
      for (let i = 0; i < DIGITS; i += 1) this.#masks.push(byteAt(MASK, (at + i) & 3));
    }
  }

  /** The frames of `count` messages in one buffer, numbered from `first`. */
  burst(first: number, count: number): Buffer {
    const size = this.#frame.length;
    const burst = Buffer.allocUnsafe(size * count);
    for (let i = 0; i < count; i += 1) {
      burst.set(this.#frame, size * i);
      this.#number(burst, size * i, first + i);
    }
    return burst;
  }

  #number(burst: Buffer, frameAt: number, value: number): void {
    for (let place = 0; place < this.#places.length; place += 1) {
      const at = frameAt + (this.#places[place] ?? 0);
      let left = value;
      for (let i = DIGITS - 1; i >= 0; i -= 1) {
        const rest = Math.floor(left / 10);
        burst[at + i] = (left - rest * 10 + ZERO) ^ (this.#masks[place * DIGITS + i] ?? 0);
        left = rest;
      }
    }
  }
}
