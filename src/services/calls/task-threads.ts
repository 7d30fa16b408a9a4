import type { Piscina } from 'piscina';
import { inject, Options } from '../../infra/inject.js';
import { packageFile } from '../../infra/package-file.js';
import { type Run, Service } from '../../infra/service.js';
import type { Json } from '../../wire/json.js';
import { Refusal } from './refusal.js';
import type { Answer } from './task.js';
import type { TaskPlan } from './task-plan.js';
import type { Work } from './work.js';

export interface TaskThreadsOptions {
  /** Threads at one time; 2 unless said otherwise. */
  threads?: number;
  /** Memory of one thread's heap, in megabytes; 128 unless said otherwise. */
  memory?: number;
  /** Calls that may wait for a thread; 1,000 unless said otherwise. */
  queue?: number;
}

/** What a thread says while it works. */
export interface ThreadSaid {
  work: number;
  data: Json;
}

/** What a thread is given: the class to run, and the plain part of the request. */
export interface ThreadJob {
  work: number;
  module: string;
  name: string;
  request: Pick<Work, 'task' | 'data' | 'cid' | 'room' | 'user' | 'frame'>;
}

/** What a thread gives back: an error is told by its parts, for its class does not cross threads. */
export type ThreadResult = { answer: Answer } | { refusal: { code: string; message: string } };

/** Runs tasks in worker threads, each killed when its call is broken off, though it loop endlessly. */
export class TaskThreads extends Service {
  readonly #works = new Map<number, Work>();
  #pool: Promise<Piscina> | undefined;
  #next = 1;

  constructor(@inject(Options) private readonly options: TaskThreadsOptions) {
    super();
  }

  override async main(run: Run): Promise<void> {
    run.ready();
    await run.stopped;
    const pool = await this.#pool;
    this.#pool = undefined;
    await pool?.destroy();
  }

  /** Runs one call in a thread. Throws what the task throws, and when its thread died or was killed. */
  async run({ task, thread = '' }: TaskPlan, work: Work): Promise<Answer> {
    this.#pool ??= this.#fill();
    const pool = await this.#pool;
    const id = this.#next++;
    this.#works.set(id, work);
    try {
      const { data, cid, room, user, frame } = work;
      const request = { task: work.task, data, cid, room, user, frame };
      const job: ThreadJob = { work: id, module: thread, name: task.name, request };
      const result = (await pool.run(job, { signal: work.signal })) as ThreadResult;
      if ('refusal' in result) throw new Refusal(result.refusal.code, result.refusal.message);
      return result.answer;
    } catch (error) {
      if (error instanceof Error && /queue/i.test(error.message)) throw new Refusal('busy', 'no thread is free; try again');
      throw error;
    } finally {
      this.#works.delete(id);
    }
  }

  /** The pool is made when the first task needs it: a server without thread tasks has no threads. */
  async #fill(): Promise<Piscina> {
    const { threads = 2, memory = 128, queue = 1_000 } = this.options;
    const { Piscina } = await import('piscina');
    const pool = new Piscina({
      filename: packageFile('dist', 'task-worker.js'),
      minThreads: 0,
      maxThreads: threads,
      maxQueue: queue,
      idleTimeout: 30_000,
      atomics: 'disabled',
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
    pool.on('message', ({ work, data }: ThreadSaid) => this.#works.get(work)?.say(data));
    return pool;
  }
}
