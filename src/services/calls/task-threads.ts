import { isDeepStrictEqual } from 'node:util';
import { inject, Options } from '../../infra/inject.js';
import { Logger } from '../../infra/logger.js';
import { type Run, Service } from '../../infra/service.js';
import type { Json } from '../../wire/json.js';
import { Refusal } from './refusal.js';
import type { Answer } from './task.js';
import type { TaskPlan } from './task-plan.js';
import { ThreadPool, type ThreadPoolOptions } from './thread-pool.js';
import type { Work } from './work.js';

export interface TaskThreadsOptions {
  /** Threads at one time; 2 unless said otherwise. */
  threads?: number;
  /** Memory of one thread's heap, in megabytes; 128 unless said otherwise. */
  memory?: number;
  /** Calls that may wait for a thread; 1,000 unless said otherwise. */
  queue?: number;
}

/** What a thread is given: the class to run, and the plain part of the request. */
export interface ThreadJob {
  work: number;
  module: string;
  name: string;
  request: Pick<Work, 'task' | 'data' | 'cid' | 'room' | 'user' | 'frame'>;
}

/** How a task ended: an error is told by its parts, for its class does not cross threads. */
export type ThreadResult = { answer: Answer } | { refusal: { code: string; message: string } };

/** What comes from a thread, in order: what its task says, and last how it ended. */
export type ThreadWord = { work: number } & ({ said: Json } | { result: ThreadResult });

/** A call in a thread, and who waits for its result. */
interface Pending {
  work: Work;
  end(result: ThreadResult): void;
}

/** Runs tasks in worker threads, each killed when its call is broken off, though it loop endlessly. */
export class TaskThreads extends Service {
  readonly #pending = new Map<number, Pending>();
  readonly #retired = new Set<ThreadPool>();
  #pool: ThreadPool | undefined;
  #next = 1;

  constructor(
    @inject(Options) private readonly options: TaskThreadsOptions,
    @inject(Logger) private readonly log: Logger,
  ) {
    super();
  }

  override async main(run: Run): Promise<void> {
    run.ready();
    await run.stopped;
    const pools = [...this.#retired, ...(this.#pool ? [this.#pool] : [])];
    this.#pool = undefined;
    this.#retired.clear();
    await Promise.all(pools.map((pool) => pool.destroy()));
  }

  override reload(): void {
    if (!isDeepStrictEqual(this.#pool?.options, this.#shape)) this.renew();
  }

  /** From the next call on there are new threads, which load the modules anew; calls that run end in the old ones. */
  renew(): void {
    const pool = this.#pool;
    if (!pool) return;
    this.#pool = undefined;
    this.#retired.add(pool);
    this.#end(pool);
  }

  /** Runs one call in a thread. Throws what the task throws, and when its thread died or was killed. */
  async run({ task, thread = '' }: TaskPlan, work: Work): Promise<Answer> {
    const { threads = 2, queue = 1_000 } = this.options;
    if (this.#pending.size >= threads + queue) throw new Refusal('busy', 'no thread is free; try again');
    const { data, cid, room, user, frame } = work;
    const request = { task: work.task, data, cid, room, user, frame };
    const job: ThreadJob = { work: this.#next++, module: thread, name: task.name, request };
    const ended = new Promise<ThreadResult>((end) => this.#pending.set(job.work, { work, end }));
    // The pool is made when the first task needs it: a server without thread tasks has no threads.
    this.#pool ??= this.#fill();
    const pool = this.#pool;
    try {
      const result = await pool.run(job, work.signal, ended);
      if ('refusal' in result) throw new Refusal(result.refusal.code, result.refusal.message);
      return result.answer;
    } finally {
      this.#pending.delete(job.work);
      if (this.#retired.has(pool)) this.#end(pool);
    }
  }

  get #shape(): ThreadPoolOptions {
    const { threads = 2, memory = 128 } = this.options;
    return { threads, memory };
  }

  #fill(): ThreadPool {
    return new ThreadPool(
      this.#shape,
      (word) => this.#heed(word),
      (error) => this.log.error('a thread died when its task had ended', error),
    );
  }

  /** Ends a retired pool when nothing runs in it any longer. */
  #end(pool: ThreadPool): void {
    if (pool.busy) return;
    this.#retired.delete(pool);
    pool.destroy().catch((error: unknown) => this.log.error('a thread could not be ended', error));
  }

  #heed(word: ThreadWord): void {
    const pending = this.#pending.get(word.work);
    if (!pending) return;
    if ('result' in word) pending.end(word.result);
    else pending.work.say(word.said);
  }
}
