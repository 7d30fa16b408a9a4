import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Logger as Winston } from 'winston';
import { errorFrom } from './error-from.js';
import { jsonLine, textLine } from './log-line.js';
import { type Entry, LEVELS, type Level, type Sink } from './logger.js';
import { RotatingFile } from './rotating-file.js';
import type { LogSettings } from './settings.js';

/** How long the first lines may wait while the server starts, in milliseconds: opening the log costs more than all else. */
const OPEN_WITHIN = 250;

/** The log on disk, renewed when it has grown to its size: `logging.log`, `logging1.log`, … */
export class LogFile implements Sink {
  readonly level: Level;
  /** What was wrong with the settings' level; undefined when nothing was. */
  readonly complaint: string | undefined;
  readonly #file: RotatingFile;
  readonly #lineOf: (entry: Entry) => string;
  readonly #soon: NodeJS.Timeout;
  #early: Entry[] = [];
  #opening: Promise<Winston> | undefined;
  #winston: Winston | undefined;
  #complained = false;

  /** Throws when the file cannot be written. */
  constructor({ level, path, format, ...bounds }: LogSettings) {
    this.#lineOf = format === 'json' ? jsonLine : textLine;
    const file = resolve(path || './logging.log');
    refuseUnwritable(file);
    this.#file = new RotatingFile(file, bounds, ({ message }) => this.#complain(file, message));
    const wanted = level.toUpperCase();
    const known = LEVELS.find((name) => name === wanted);
    this.level = known ?? 'INFO';
    if (!known) this.complaint = `the log level ${level} is none of ${LEVELS.join(', ')}: it is INFO now`;
    this.#soon = setTimeout(() => void this.#open(), OPEN_WITHIN);
  }

  write(entry: Entry): void {
    if (this.#winston) this.#winston.log(entry.level, this.#lineOf(entry));
    else this.#early.push(entry);
  }

  /** Resolves when every line is on disk. */
  async close(): Promise<void> {
    clearTimeout(this.#soon);
    const winston = await this.#open();
    this.#winston = undefined;
    const [transport] = winston.transports;
    const passed = new Promise((resolve) => transport?.once('finish', resolve));
    winston.end();
    await passed;
    await new Promise<void>((resolve) => this.#file.end(resolve));
  }

  /** Once: whoever fills a disk need not fill the other one as well. */
  #complain(file: string, why: string): void {
    if (!this.#complained) process.stderr.write(`eot-server: the log ${file} cannot be written: ${why}\n`);
    this.#complained = true;
  }

  #open(): Promise<Winston> {
    this.#opening ??= this.#begin();
    return this.#opening;
  }

  async #begin(): Promise<Winston> {
    // In the older module format all is in the default export.
    const { createLogger, format, transports } = (await import('winston')).default;
    const winston = createLogger({
      levels: Object.fromEntries(LEVELS.map((name, verbosity) => [name, verbosity])),
      level: this.level,
      format: format.printf(({ message }) => String(message)),
      // winston's own rotating file loses lines when many come at once.
      transports: new transports.Stream({ stream: this.#file, eol: '\n' }),
    });
    for (const entry of this.#early) winston.log(entry.level, this.#lineOf(entry));
    this.#early = [];
    this.#winston = winston;
    return winston;
  }
}

function refuseUnwritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
    closeSync(openSync(file, 'a'));
  } catch (error) {
    const why = errorFrom(error).message;
    throw new Error(`the log ${file} cannot be written (${why}): choose another with --log-path`, {
      cause: error,
    });
  }
}
