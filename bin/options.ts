import type { Given } from '../src/infra/load-settings.js';

/** The options of the command line, as commander gives them. */
export interface Options {
  settings?: string;
  controlSocket?: string;
  interface?: string;
  host?: string;
  port?: number;
  statusFile?: string;
  acceptFile?: string;
  lockFile?: string;
  logLevel?: string;
  logPath?: string;
  json?: boolean;
  watch?: boolean;
}

/** What the options say of the settings; what they do not say is left out. */
export function given(options: Options): Given {
  const { host, port, statusFile, acceptFile, lockFile, logLevel, logPath } = options;
  const log = told({ level: logLevel, path: logPath });
  const controlSocket = options.controlSocket ?? options.interface;
  const rest = told({ host, port, statusFile, acceptFile, lockFile, controlSocket });
  return Object.keys(log).length > 0 ? { ...rest, log } : rest;
}

type Told<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function told<T extends object>(words: T): Told<T> {
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as Told<T>;
}
