import { accessSync, closeSync, constants, openSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inspect } from 'node:util';
import { createLogger, format, type Logger as Winston, transports } from 'winston';
import { errorFrom } from './error-from.js';
import { type Entry, LEVELS, type Level, type Sink } from './logger.js';
import type { LogSettings } from './settings.js';

/** The log on disk, renewed when it has grown to its size: `logging.log`, `logging1.log`, … */
export class LogFile implements Sink {
  readonly level: Level;
  /** What was wrong with the settings' level; undefined when nothing was. */
  readonly complaint: string | undefined;
  readonly #winston: Winston;

  /** Throws when the file cannot be written. */
  constructor({ level, path, maxSize, maxFiles }: LogSettings) {
    const file = resolve(path || './logging.log');
    refuseUnwritable(file);
    const wanted = level.toUpperCase();
    const known = LEVELS.find((name) => name === wanted);
    this.level = known ?? 'INFO';
    if (!known) this.complaint = `the log level ${level} is none of ${LEVELS.join(', ')}: it is INFO now`;
    const levels = Object.fromEntries(LEVELS.map((name, verbosity) => [name, verbosity]));
    this.#winston = createLogger({
      levels,
      level: this.level,
      format: format.printf(({ message }) => String(message)),
      transports: new transports.File({ filename: file, maxsize: maxSize, maxFiles, tailable: true }),
    });
  }

  write({ time, level, module, message, cause }: Entry): void {
    const line = `${time.toISOString()}\t${level}\t${module}\t: ${oneLine(message)}${stackOf(cause)}`;
    this.#winston.log(level, line);
  }

  /** Resolves when every line is on disk. */
  async close(): Promise<void> {
    const [file] = this.#winston.transports;
    const flushed = new Promise((done) => file?.once('finish', done));
    this.#winston.end();
    await flushed;
  }
}

function refuseUnwritable(file: string): void {
  try {
    accessSync(dirname(file), constants.W_OK);
    closeSync(openSync(file, 'a'));
  } catch (error) {
    const why = errorFrom(error).message;
    throw new Error(`the log ${file} cannot be written (${why}): choose another with --log-path`, { cause: error });
  }
}

/** What came from outside must not be able to forge a line of its own. */
function oneLine(message: string): string {
  return message.replace(/[\r\n]+/g, '⏎');
}

function stackOf(cause: unknown): string {
  if (cause === undefined) return '';
  return `\n  ${inspect(cause).replaceAll('\n', '\n  ')}`;
}
