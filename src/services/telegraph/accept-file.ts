import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inject } from '../../infra/inject.js';
import { Service } from '../../infra/service.js';
import { Settings } from '../../infra/settings.js';

/** The file that holds what was last acknowledged: a position and a line feed. */
export class AcceptFile extends Service {
  readonly #file: string;
  #writing: Promise<void> = Promise.resolve();

  constructor(@inject(Settings) settings: Settings) {
    super();
    this.#file = resolve(settings.acceptFile);
  }

  /** Writes a position, after those before it; throws when the file cannot be written. */
  write(position: number): Promise<void> {
    const written = this.#writing.then(() => writeFile(this.#file, `${position}\n`));
    this.#writing = written.catch(() => undefined);
    return written;
  }

  override async disable(): Promise<void> {
    await this.#writing;
  }
}
