import type { Dialect } from '../dialects/dialect.js';
import { maskedFrame } from './frame-template.js';
import type { Ledger } from './ledger.js';
import { RawConnection, type Receiver } from './raw-connection.js';
import { FIRST, findNumber, readNumber } from './sequence.js';

/** Who wants to know of a visitor's deliveries, each in its order, and of the end of each chunk of them. */
export interface Listener {
  delivered(sequence: number): void;
  chunkEnd(): void;
}

/** One connection of the load: comes in as its server's language demands, then checks every delivery. */
export class Visitor implements Receiver {
  listener: Listener | undefined;
  readonly #dialect: Dialect;
  readonly #room: string;
  readonly #ledger: Ledger;
  readonly #connection: RawConnection;
  readonly #ready: () => void;
  #due = FIRST;
  // All measured frames of a connection have one shape, learned from the first.
  #size = -1;
  #numberAt = -1;

  constructor(port: number, dialect: Dialect, room: string, ledger: Ledger, ready: () => void) {
    this.#dialect = dialect;
    this.#room = room;
    this.#ledger = ledger;
    this.#ready = ready;
    this.#connection = new RawConnection(port, dialect.path, this, () => {
      const greeting = dialect.greeting(room).map((text) => maskedFrame(text));
      if (greeting.length > 0) this.send(Buffer.concat(greeting));
    });
  }

  send(frames: Buffer): void {
    this.#connection.write(frames);
  }

  frame(bytes: Buffer, start: number, end: number): void {
    const sequence = end - start === this.#size ? readNumber(bytes, start + this.#numberAt) : -1;
    if (sequence === this.#due) {
      this.#due += 1;
      this.#ledger.delivered += 1;
      this.listener?.delivered(sequence);
    } else {
      this.#unexpected(bytes, start, end, sequence);
    }
  }

  chunkEnd(): void {
    this.listener?.chunkEnd();
  }

  broken(reason: string): void {
    this.#ledger.strange(reason);
  }

  #unexpected(bytes: Buffer, start: number, end: number, sequence: number): void {
    if (sequence !== -1) {
      this.#ledger.disorder(this.#due, sequence);
      this.#due = Math.max(this.#due, sequence + 1);
      return;
    }
    const text = bytes.toString('utf8', start, end);
    const numberAt = this.#size === -1 ? findNumber(text) : -1;
    if (numberAt === -1) {
      this.#aside(text);
    } else {
      this.#size = end - start;
      this.#numberAt = numberAt;
      this.frame(bytes, start, end);
    }
  }

  #aside(text: string): void {
    this.#ledger.asides += 1;
    const heard = this.#dialect.hear(text, this.#room);
    if (heard === 'ready') this.#ready();
    else if (heard === 'strange') this.#ledger.strange(text);
    else if (heard !== 'ignored') this.send(maskedFrame(heard.reply));
  }
}
