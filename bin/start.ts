import { bootstrap } from '../src/infra/bootstrap.js';
import { errorFrom } from '../src/infra/error-from.js';
import { Lifetime } from '../src/infra/lifetime.js';
import { loadSettings, settingsFile } from '../src/infra/load-settings.js';
import type { Logger } from '../src/infra/logger.js';
import type { ServiceManager } from '../src/infra/service-manager.js';
import type { Settings } from '../src/infra/settings.js';
import { endedWithin } from '../src/infra/time-limit.js';
import { WebServer } from '../src/services/doors/web-server.js';
import { given, type Options } from './options.js';

/** The whole stop, in milliseconds; what takes longer is left behind. */
const STOP_WITHIN = 4_800;

/** Starts the server in this process and stays until it has stopped. */
export async function start(options: Options): Promise<void> {
  const lifetime = new Lifetime();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => lifetime.end(signal));
  // The file that it began with is its file: when it vanishes, the defaults do not take its place.
  const file = options.settings ?? settingsFile();
  const load = (): Promise<Settings> => loadSettings(file, given(options));
  const settings = await load();
  try {
    const { services, log, reloader, stop } = await bootstrap(settings, lifetime, contain, load);
    process.stdout.write(`eot-server is ${whereabouts(services)}\n`);
    if (options.watch)
      await (await import('../src/infra/watch-modules.js')).watchModules(reloader, lifetime, print);
    log.info(`eot-server stops: ${await lifetime.ended}`);
    await endedWithin(stop().then(report), STOP_WITHIN);
  } catch (error) {
    if (!lifetime.over) throw error;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Settings may list no web server, or have it parked. */
function whereabouts(services: ServiceManager): string {
  try {
    return `listening on ${services.get(WebServer).url}`;
  } catch (error) {
    return `running, but it listens nowhere: ${errorFrom(error).message}`;
  }
}

/** What escapes from a user's callback must not end what others run; it is told instead. */
function contain(log: Logger): void {
  process.on('uncaughtException', (error) => log.critical(`something escaped: ${error.message}`, error));
  process.on('unhandledRejection', (reason) => log.critical('a promise failed that nobody awaited', reason));
}

function report(failures: Error[]): void {
  for (const { message } of failures) process.stderr.write(`eot-server: ${message}\n`);
}
