import { open } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { codeOf, errorFrom } from '../../infra/error-from.js';
import { inject } from '../../infra/inject.js';
import { Logger } from '../../infra/logger.js';
import { type Run, Service } from '../../infra/service.js';
import { Settings } from '../../infra/settings.js';
import { ORDER, positionOf, TELEGRAPH } from '../../wire/telegraph.js';
import { RoomHandler } from '../rooms/room-handler.js';

/** No status is longer, in bytes: a longer file is none. */
const LONGEST = 64;
/** A change soon after another may be reported as one: the file is read again so many milliseconds later. */
const SETTLE = 100;

/** Watches the status file and says each new order in the telegraph's room. */
export class StatusWatcher extends Service {
  readonly #file: string;
  #order: number | undefined;
  #complaint = '';
  #reading: Promise<void> = Promise.resolve();

  constructor(
    @inject(Settings) private readonly settings: Settings,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
    @inject(Logger) private readonly log: Logger,
  ) {
    super();
    this.#file = resolve(settings.statusFile);
  }

  override async main(run: Run): Promise<void> {
    // Between a bridge and an engine room there are no files.
    if (this.settings.panel.mode === 'two-way') return super.main(run);
    this.rooms.keep(TELEGRAPH);
    this.#read();
    await this.#reading;
    run.ready();
    // The watcher is loaded when the server is up; what is written until it has looked around is found when it has.
    const { watch } = await import('chokidar');
    const folder = dirname(this.#file);
    // The folder is watched, for a file that is replaced is another file.
    const watcher = watch(folder, { depth: 0, ignored: (path) => path !== folder && path !== this.#file });
    let again: NodeJS.Timeout | undefined;
    watcher.on('ready', () => this.#read());
    watcher.on('all', () => {
      this.#read();
      clearTimeout(again);
      again = setTimeout(() => this.#read(), SETTLE);
    });
    const failed = new Promise<never>((_, reject) =>
      watcher.on('error', (error) => reject(errorFrom(error))),
    );
    try {
      await Promise.race([failed, run.stopped]);
    } finally {
      clearTimeout(again);
      await watcher.close();
      await this.#reading;
    }
  }

  override describe(): Record<string, string | number> {
    return { file: this.#file, order: this.#order ?? 'none' };
  }

  /** One reading after the other, so that an older one never overtakes a newer. */
  #read(): void {
    this.#reading = this.#reading.then(() => this.#look());
  }

  async #look(): Promise<void> {
    try {
      this.#heed((await head(this.#file)).trim());
    } catch (error) {
      if (codeOf(error) === 'ENOENT') this.#complain('there is no status file');
      else this.#complain(errorFrom(error).message);
    }
  }

  #heed(text: string): void {
    if (text === '') return;
    const order = positionOf(text);
    if (order === undefined) return this.#complain(`the status ${JSON.stringify(text)} is none from 1 to 11`);
    this.#complaint = '';
    if (order === this.#order) return;
    this.#order = order;
    this.log.info(`the order is ${order}`);
    this.rooms.say({ room: TELEGRAPH, task: ORDER, data: order });
  }

  #complain(what: string): void {
    if (what !== this.#complaint) this.log.warning(`${what} (${this.#file}); the last order stands`);
    this.#complaint = what;
  }
}

async function head(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST + 1), 0, LONGEST + 1, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
