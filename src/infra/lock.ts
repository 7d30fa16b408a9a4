import { rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import lockfile from 'proper-lockfile';
import { codeOf, errorFrom } from './error-from.js';
import { lives, readHolder, thisProcess } from './holder.js';
import type { Logger } from './logger.js';

/** A lock that its dead holder left behind is taken over when it is so old, in milliseconds. */
const STALE = 2_000;
const PATIENCE = STALE + 2_000;
const STEP = 100;

/** The lock of one server: a file that names its process, and beside it the lock proper. */
export class Lock {
  readonly #file: string;
  #release: (() => Promise<void>) | undefined;

  constructor(file: string) {
    this.#file = resolve(file);
  }

  /**
   * Takes the lock; waits for the lock of a killed process to grow stale. Throws when a living process holds
   * it, though its loop be blocked, or when the folder cannot be written.
   */
  async acquire(log: () => Logger | undefined): Promise<void> {
    const until = Date.now() + PATIENCE;
    for (;;) {
      this.#refuseHeld();
      try {
        this.#release = await lockfile.lock(this.#file, {
          realpath: false,
          lockfilePath: `${this.#file}.d`,
          stale: STALE,
          update: STALE / 2,
          onCompromised: (error) => log()?.error(`the lock ${this.#file} was taken away: ${error.message}`),
        });
        break;
      } catch (error) {
        if (codeOf(error) !== 'ELOCKED') throw this.#unwritable(error);
        if (Date.now() > until)
          throw new Error(`${this.#file}.d is locked by a process unknown; remove it if none runs`, { cause: error });
      }
      await wait(STEP);
    }
    const { pid, born } = thisProcess();
    writeFileSync(this.#file, `${pid} ${born}\n`);
  }

  /** Gives it back and removes its files. */
  async release(): Promise<void> {
    rmSync(this.#file, { force: true });
    await this.#release?.();
  }

  #refuseHeld(): void {
    const holder = readHolder(this.#file);
    if (holder && lives(holder) && holder.pid !== process.pid)
      throw new Error(`already started: pid ${holder.pid} holds ${this.#file}; stop it first`);
  }

  #unwritable(error: unknown): Error {
    const why = errorFrom(error).message;
    return new Error(`the lock ${this.#file} cannot be taken (${why}): choose another with --lock-file`, { cause: error });
  }
}
