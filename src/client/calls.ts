import type { Json } from '../wire/json.js';
import type { Connection } from './connection.js';
import { EotError } from './eot-error.js';
import type { Answer } from './incoming.js';
import { PendingAsks } from './pending-asks.js';

/** What is sent in a call, beside its `ref` (PROTOCOL.md 1.2). */
interface Frame {
  task?: string;
  data?: Json | undefined;
  room?: string | undefined;
}

/** The calls that wait: for the connection, or for their answer. */
export class Calls {
  readonly #asks = new PendingAsks();
  /** Frames that wait for the connection, by the number of their call. */
  readonly #queue = new Map<Json, string>();
  #count = 0;

  /** `limit` is how many may wait for the connection; `deadline`, in ms, is for an answer. */
  constructor(
    private readonly connection: Connection,
    private readonly limit: number,
    private readonly deadline: number,
  ) {}

  /** Throws an `EotError` `busy` or `closed`. */
  send(frame: Frame): void {
    this.#post(++this.#count, frame);
  }

  /** Rejects with an `EotError`. */
  async ask(frame: Frame & { task: string }, deadline = this.deadline): Promise<Json> {
    const ref = ++this.#count;
    this.#post(ref, { ...frame, ref });
    try {
      return await this.#asks.wait(ref, frame.task, deadline);
    } finally {
      this.#queue.delete(ref);
    }
  }

  /** Asks on this very socket or not at all, before the queue; `task` is what it is called in errors. */
  askNow(task: string, frame: object): Promise<Json> {
    const ref = ++this.#count;
    this.connection.write(JSON.stringify({ ...frame, ref }));
    return this.#asks.wait(ref, task, this.deadline);
  }

  settle(answer: Answer): void {
    this.#asks.settle(answer);
  }

  /** Writes what has waited for the connection. */
  open(): void {
    for (const text of this.#queue.values()) this.connection.write(text);
    this.#queue.clear();
  }

  /** What was sent will not be answered; what waits goes on waiting. */
  lost(): void {
    this.#asks.fail('lost', 'the connection was lost before the answer came', (ref) => this.#queue.has(ref));
  }

  close(message: string): void {
    this.#queue.clear();
    this.#asks.fail('closed', message, () => false);
  }

  #post(number: number, frame: object): void {
    const text = JSON.stringify(frame);
    if (this.connection.state === 'closed') throw new EotError('closed', 'this client is closed');
    if (this.connection.writable) this.connection.write(text);
    else if (this.#queue.size < this.limit) this.#queue.set(number, text);
    else throw new EotError('busy', `${this.limit} calls wait for the connection already`);
  }
}
