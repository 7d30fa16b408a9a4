/** The levels of the log, the gravest first. */
export const LEVELS = ['CRITICAL', 'ERROR', 'WARNING', 'INFO', 'DEBUG'] as const;

export type Level = (typeof LEVELS)[number];

/** Whose doing a line is about. */
export interface About {
  readonly cid: string;
  /** Undefined outside a call. */
  readonly task?: string;
}

/** One line of the log. */
export interface Entry {
  time: Date;
  level: Level;
  module: string;
  message: string;
  cause?: unknown;
  about?: About;
}

/** Where the lines go. */
export interface Sink {
  readonly level: Level;
  write(entry: Entry): void;
}

/** Writes lines in the name of one module. A hot path asks `logs(level)` before it makes a line. */
export class Logger {
  readonly #verbosity: number;

  constructor(
    private readonly sink: Sink,
    private readonly module: string,
    private readonly subject?: About,
    private readonly overheard?: (line: string) => void,
  ) {
    this.#verbosity = LEVELS.indexOf(sink.level);
  }

  /** The same log in another module's name. */
  for(module: string): Logger {
    return new Logger(this.sink, module);
  }

  /** The same log, its lines about one connection or call; `overheard` hears each of them, also those that the level leaves out. */
  about(subject: About, overheard?: (line: string) => void): Logger {
    return new Logger(this.sink, this.module, subject, overheard);
  }

  logs(level: Level): boolean {
    return LEVELS.indexOf(level) <= this.#verbosity;
  }

  debug(message: string): void {
    this.#write('DEBUG', message);
  }

  info(message: string): void {
    this.#write('INFO', message);
  }

  /** @param cause an error, whose stack is written below the line */
  warning(message: string, cause?: unknown): void {
    this.#write('WARNING', message, cause);
  }

  error(message: string, cause?: unknown): void {
    this.#write('ERROR', message, cause);
  }

  critical(message: string, cause?: unknown): void {
    this.#write('CRITICAL', message, cause);
  }

  #write(level: Level, message: string, cause?: unknown): void {
    this.overheard?.(`${this.module} logs ${level}: ${message}`);
    if (!this.logs(level)) return;
    const { module, subject } = this;
    this.sink.write({ time: new Date(), level, module, message, cause, ...(subject && { about: subject }) });
  }
}
