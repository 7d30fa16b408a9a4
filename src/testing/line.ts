import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';

type Done = (error?: Error | null) => void;

/** A connection that can be made slower, in both ways, and be cut. */
export class Line extends Duplex {
  readonly #broken = new AbortController();
  #delay = 0;
  #there: Promise<void> = Promise.resolve();
  #back: Promise<void> = Promise.resolve();

  constructor(private readonly socket: Socket) {
    super();
    socket.on('data', (bytes: Buffer) => this.#bring(() => this.push(bytes)));
    socket.on('end', () => this.#bring(() => this.push(null)));
    socket.on('close', () => this.#bring(() => this.destroy()));
    socket.on('error', (error) => this.destroy(error));
  }

  /** What sets out from now on takes so many milliseconds longer; 0 ends it. Nothing overtakes what is on its way. */
  delay(milliseconds: number): void {
    this.#delay = milliseconds;
  }

  /** Ends it without a word, as a lost network does, and lets the other side know at once. */
  cut(): void {
    this.socket.resetAndDestroy();
    this.destroy();
  }

  override _read(): void {
    // What arrives is pushed as it comes: a test wants it all.
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#there = this.#after(this.#there, () => this.socket.write(bytes));
    done();
  }

  override _final(done: Done): void {
    this.#there = this.#after(this.#there, () => this.socket.end());
    done();
  }

  override _destroy(error: Error | null, done: Done): void {
    this.#broken.abort();
    this.socket.destroy();
    done(error);
  }

  #bring(act: () => void): void {
    this.#back = this.#after(this.#back, act);
  }

  async #after(before: Promise<void>, act: () => void): Promise<void> {
    const due = Date.now() + this.#delay;
    const { signal } = this.#broken;
    await before;
    const wait = due - Date.now();
    // A broken line carries nothing, and whoever waits for it needs not wait on.
    if (wait > 0) await pause(wait, undefined, { signal }).catch(() => undefined);
    if (!signal.aborted) act();
  }
}
