import { existsSync, rmSync, writeFileSync } from 'node:fs';
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
  #release: (() => void) | undefined;

  /** @param log where it is told when somebody takes the lock away; undefined before the log is open */
  constructor(
    file: string,
    private readonly log: () => Logger | undefined,
  ) {
    this.#file = resolve(file);
  }

  /**
   * Takes the lock; waits for the lock of a killed process to grow stale. Throws when a living process holds
   * it, though its loop be blocked, or when the folder cannot be written.
   */
  async acquire(): Promise<void> {
    this.#refuseHeld();
    const lock = `${this.#file}.d`;
    this.#release = (existsSync(lock) ? undefined : this.#try(lock)) ?? (await this.#inTurn(lock));
    const { pid, born } = thisProcess();
    writeFileSync(this.#file, `${pid} ${born}\n`);
  }

  /** Gives it back and removes its files. */
  release(): void {
    rmSync(this.#file, { force: true });
    this.#release?.();
  }

  /** Taking over what is stale is not atomic: two would do it at once. So whoever tries that waits for its turn. */
  async #inTurn(lock: string): Promise<() => void> {
    const leave = await this.#take(`${this.#file}.turn`);
    try {
      return await this.#take(lock);
    } finally {
      leave();
    }
  }

  async #take(lock: string): Promise<() => void> {
    for (const until = Date.now() + PATIENCE; ; await wait(STEP)) {
      this.#refuseHeld();
      const release = this.#try(lock);
      if (release) return release;
      if (Date.now() > until)
        throw new Error(`${lock} is locked by a process unknown; remove it if none runs`);
    }
  }

  /** What gives it back; undefined when another has it. */
  #try(lock: string): (() => void) | undefined {
    try {
      return lockfile.lockSync(lock, {
        realpath: false,
        lockfilePath: lock,
        stale: STALE,
        update: STALE / 2,
        onCompromised: (error) => this.log()?.error(`the lock ${lock} was taken away: ${error.message}`),
      });
    } catch (error) {
      if (codeOf(error) === 'ELOCKED') return undefined;
      throw this.#unwritable(error);
    }
  }

  #refuseHeld(): void {
    const holder = readHolder(this.#file);
    if (holder && lives(holder) && holder.pid !== process.pid)
      throw new Error(`already started: pid ${holder.pid} holds ${this.#file}; stop it first`);
  }

  #unwritable(error: unknown): Error {
    const why = errorFrom(error).message;
    return new Error(`the lock ${this.#file} cannot be taken (${why}): choose another with --lock-file`, {
      cause: error,
    });
  }
}
