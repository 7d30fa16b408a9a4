import { ClusterManager } from './cluster-manager.js';
import { Commands } from './commands.js';
import { controlAddress } from './control-address.js';
import { ExternalControl } from './external-control.js';
import { Registry } from './inject.js';
import { Lifetime } from './lifetime.js';
import { Lock } from './lock.js';
import { LogFile } from './log-file.js';
import { Logger } from './logger.js';
import { Reloader } from './reloader.js';
import { serverCommands } from './server-commands.js';
import { ServiceManager } from './service-manager.js';
import { Settings } from './settings.js';
import { Unwind } from './unwind.js';

/** A server that is up. */
export interface Running {
  readonly services: ServiceManager;
  readonly log: Logger;
  readonly reloader: Reloader;
  /** Undoes the start in reverse: services, cluster, control, log, lock. Resolves with what went wrong on the way. */
  stop(): Promise<Error[]>;
}

/**
 * Starts a server: lock, log, control, cluster, services; `logs` is told of the log as soon as there is one. A reload gets its
 * settings from `load` and puts their content into these. Throws when any of it fails, or when the lifetime
 * ends meanwhile; what had started is undone then.
 */
export async function bootstrap(
  settings: Settings,
  lifetime: Lifetime,
  logs: (log: Logger) => void,
  load: () => Promise<Settings>,
): Promise<Running> {
  const unwind = new Unwind();
  try {
    return await start(settings, lifetime, logs, load, unwind);
  } catch (error) {
    await unwind.run();
    throw error;
  }
}

async function start(
  settings: Settings,
  lifetime: Lifetime,
  logs: (log: Logger) => void,
  load: () => Promise<Settings>,
  unwind: Unwind,
): Promise<Running> {
  let log: Logger | undefined;
  const lock = new Lock(settings.lockFile, () => log);
  await lock.acquire();
  unwind.push('the lock', () => lock.release());

  const file = new LogFile(settings.log);
  unwind.push('the log', () => file.close());
  log = new Logger(file, 'Bootstrap');
  logs(log);
  log.info(`eot-server starts, pid ${process.pid}`);
  if (file.complaint) log.warning(file.complaint);

  const registry = new Registry();
  const services = new ServiceManager(registry, log.for('ServiceManager'), settings.restart);
  let halted = (): void => undefined;
  const stopped = new Promise<void>((resolve) => {
    halted = resolve;
  });

  const reloader = new Reloader(settings, load, services, lifetime, log.for('Reloader'));
  const commands = new Commands(serverCommands(services, lifetime, stopped, () => reloader.reload()));
  const control = new ExternalControl(
    controlAddress(settings.controlSocket),
    commands,
    log.for('ExternalControl'),
  );
  await control.open();
  unwind.push('the control socket', () => control.close());

  const cluster = new ClusterManager(log.for('ClusterManager'));
  unwind.push('the cluster', () => cluster.close());

  registry.provide(Settings, settings);
  registry.provide(Lifetime, lifetime);
  registry.provide(Registry, registry);
  registry.provide(Logger, log.for('Task'));
  registry.provide(ClusterManager, cluster);
  registry.provide(ServiceManager, services);
  registry.provide(Commands, commands);
  unwind.push('the services', () => services.stop().finally(halted));
  void lifetime.ended.then(() => services.stop());
  await services.start(settings.services);
  reloader.open();
  return { services, log, reloader, stop: () => unwind.run() };
}
