import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkComposition } from './check-composition.js';
import { errorFrom } from './error-from.js';
import type { Lifetime } from './lifetime.js';
import type { Logger } from './logger.js';
import { replaceContent, sameOptions } from './own-options.js';
import type { ServiceManager } from './service-manager.js';
import { ServiceReload } from './service-reload.js';
import type { Settings } from './settings.js';
import { taskChanges } from './task-changes.js';
import { type Renewal, renewUsers } from './typescript.js';

/** The settings that what already runs was built on. */
const LASTING = [
  'host',
  'port',
  'statusFile',
  'acceptFile',
  'controlSocket',
  'lockFile',
  'log',
  'restart',
] as const satisfies (keyof Settings)[];

/** Takes changed code, tasks and settings into service while the server runs: all of it, or nothing. */
export class Reloader {
  #running: Promise<string[]> | undefined;
  #next: Promise<string[]> | undefined;
  #open = false;

  /**
   * @param settings what was given to services and tasks: its content is replaced
   * @param load loads the settings anew
   */
  constructor(
    private readonly settings: Settings,
    private readonly load: () => Promise<Settings>,
    private readonly services: ServiceManager,
    private readonly lifetime: Lifetime,
    private readonly log: Logger,
  ) {}

  /** The server is up: from now on it may be changed. */
  open(): void {
    this.#open = true;
  }

  /**
   * Reloads, and resolves with sentences about what it did. Who asks while one runs gets the answer of one that begins
   * after it. Throws when something is broken; then nothing has changed.
   */
  reload(): Promise<string[]> {
    if (this.#running !== undefined) {
      this.#next ??= this.#running
        .catch(() => undefined)
        .then(() => {
          this.#next = undefined;
          return this.reload();
        });
      return this.#next;
    }
    this.#running = this.#reload().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #reload(): Promise<string[]> {
    if (!this.#open) throw new Error('the server is not up yet: reload it when it is');
    if (this.lifetime.over) throw new Error('the server stops: it takes nothing new');
    const begun = performance.now();
    const renewal = await renewUsers();
    try {
      const did = await this.#take(await this.load());
      await renewal.keep();
      const { changed } = renewal;
      const ms = Math.round(performance.now() - begun);
      const took = `reloaded in ${ms} ms: ${changed.length === 1 ? '1 file has' : `${changed.length} files have`} changed`;
      const lines = [took, ...did, ...lasting(renewal)];
      for (const line of lines) this.log.info(line);
      return lines;
    } catch (error) {
      await renewal.drop();
      const { message } = errorFrom(error);
      this.log.error(`the reload failed, nothing has changed: ${message}`, error);
      throw new Error(`nothing has changed: ${message}`, { cause: error });
    }
  }

  async #take(next: Settings): Promise<string[]> {
    checkComposition(next);
    const services = new ServiceReload(this.services, next.services, this.log);
    const before = { ...this.settings };
    const later = LASTING.filter((key) => !sameOptions(before[key], next[key]));
    const lasting = Object.fromEntries(LASTING.map((key) => [key, before[key]]));
    const restore = replaceContent(this.settings, { ...next, ...lasting });
    try {
      const did = await services.run(restore);
      const ends = later.map((key) => `the new ${key} comes at the next start`);
      return [...taskChanges(before.tasks, next.tasks), ...did, ...ends];
    } catch (error) {
      const why = [errorFrom(error).message, ...services.later].join('; ');
      throw new Error(why, { cause: error });
    }
  }
}

function lasting({ lasting }: Renewal): string[] {
  return lasting.map((url) => {
    const file = relative(process.cwd(), fileURLToPath(url));
    return `the new code of ${file} comes at the next start: it is of the older module format`;
  });
}
