import { setTimeout as pause } from 'node:timers/promises';
import { errorFrom } from '../../infra/error-from.js';
import { positionOf } from '../../wire/telegraph.js';
import { Skipped } from './skipped.js';
import { writeStatus } from './write-status.js';

/** Between two changes of the status file, in milliseconds: no eye follows more, and no disk shall have to. */
const SPACING = 50;

/** Drives the status file with lines. Of those that come faster than it is written only the latest counts. */
export class Feeder {
  readonly #skipped: Skipped;
  #wanted: number | undefined;
  #writing: Promise<void> | undefined;
  #written = Number.NEGATIVE_INFINITY;
  #failure: Error | undefined;

  /** @param say is told, in sentences, what is skipped and what fails */
  constructor(
    private readonly file: string,
    private readonly say: (sentence: string) => void,
  ) {
    this.#skipped = new Skipped(say);
  }

  /** A line has come: a number from 1 to 11 with nothing but spaces around it; all else is skipped. */
  feed(line: string): void {
    const text = line.trim();
    if (text === '') return;
    const position = positionOf(text);
    if (position === undefined) return this.#skipped.note(text);
    this.#wanted = position;
    this.#writing ??= this.#write();
  }

  /** Resolves when the latest order is written; throws when it could not be. */
  async end(): Promise<void> {
    this.#skipped.end();
    await this.#writing;
    if (this.#failure) throw new Error(`the last order did not reach ${this.file}`, { cause: this.#failure });
  }

  async #write(): Promise<void> {
    while (this.#wanted !== undefined) {
      const wait = this.#written + SPACING - performance.now();
      if (wait > 0) await pause(wait);
      const position = this.#wanted;
      this.#wanted = undefined;
      await this.#drive(position);
      this.#written = performance.now();
    }
    this.#writing = undefined;
  }

  /** A full disk may have room again for the next order: it is told once, and tried on. */
  async #drive(position: number): Promise<void> {
    try {
      await writeStatus(this.file, position);
      this.#failure = undefined;
    } catch (error) {
      const failure = errorFrom(error);
      if (!this.#failure) this.say(`the status file cannot be written: ${failure.message}`);
      this.#failure = failure;
    }
  }
}
