import type { ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { endChild, nextMessage, startNode } from './child.js';
import type { Job, Report } from './load/job.js';

const LOAD = fileURLToPath(new URL('./load.js', import.meta.url));
const LIMIT_MS = 40_000;

/** What a load has to say when its window is over. */
export type Done = Extract<Report, { phase: 'done' }>;

/** The process that the load comes from. */
export class LoadProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts the load and returns when it is warm, has nothing under way, and waits for `run`. */
  static async warm(job: Job): Promise<LoadProcess> {
    const child = startNode([LOAD, JSON.stringify(job)], tmpdir(), true);
    child.stderr?.pipe(process.stderr, { end: false });
    const load = new LoadProcess(child);
    try {
      await load.#hear('ready');
      return load;
    } catch (error) {
      await load.end();
      throw error;
    }
  }

  /** The measured window. */
  run(): Promise<Done> {
    const done = this.#hear('done');
    this.#child.send('go');
    return done;
  }

  end(): Promise<void> {
    return endChild(this.#child);
  }

  async #hear<P extends Report['phase']>(phase: P): Promise<Extract<Report, { phase: P }>> {
    const report = await nextMessage<Report>(this.#child, 'the load', LIMIT_MS);
    if (report.phase === 'failed') throw new Error(report.reason);
    if (report.phase !== phase) throw new Error(`the load was ${report.phase}, not ${phase}`);
    return report as Extract<Report, { phase: P }>;
  }
}
