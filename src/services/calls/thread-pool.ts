import type { Piscina } from 'piscina';
import { packageFile } from '../../infra/package-file.js';
import { usersModules } from '../../infra/typescript.js';
import type { ThreadJob, ThreadWord } from './task-threads.js';

/** What a pool is made for. */
export interface ThreadPoolOptions {
  readonly threads: number;
  /** Of one thread's heap, in megabytes. */
  readonly memory: number;
}

/** Worker threads which all have the user's modules as they were when the pool was made. */
export class ThreadPool {
  readonly #piscina: Promise<Piscina>;
  #running = 0;

  constructor(
    readonly options: ThreadPoolOptions,
    private readonly heed: (word: ThreadWord) => void,
    private readonly failed: (error: Error) => void,
  ) {
    this.#piscina = this.#fill();
  }

  /** Runs a job in a thread, and waits until its last word, `ended`, was heard. Throws when its thread died or was killed. */
  async run<T>(job: ThreadJob, signal: AbortSignal, ended: Promise<T>): Promise<T> {
    this.#running++;
    try {
      await (await this.#piscina).run(job, { signal });
      return await ended;
    } finally {
      this.#running--;
    }
  }

  /** Whether a job has not ended. */
  get busy(): boolean {
    return this.#running > 0;
  }

  /** Ends the threads and whatever runs in them. */
  async destroy(): Promise<void> {
    await (await this.#piscina).destroy();
  }

  async #fill(): Promise<Piscina> {
    const [{ Piscina }, modules] = await Promise.all([import('piscina'), usersModules()]);
    const pool = new Piscina({
      filename: packageFile('dist', 'task-worker.js'),
      workerData: modules,
      // Where none is left in the pool, none follows one that was killed, and what is queued would wait for ever.
      minThreads: 1,
      maxThreads: this.options.threads,
      idleTimeout: 30_000,
      atomics: 'disabled',
      resourceLimits: { maxOldGenerationSizeMb: this.options.memory },
    });
    pool.on('message', this.heed);
    pool.on('error', this.failed);
    return pool;
  }
}
