import type { Command } from './commands.js';
import type { Lifetime } from './lifetime.js';
import type { ServiceManager } from './service-manager.js';

/** What the control socket understands: `stop`, `status [--json]`, `restart NAME`, `reload` (PROTOCOL.md, 3). */
export function serverCommands(
  services: ServiceManager,
  lifetime: Lifetime,
  stopped: Promise<void>,
  reload: Command,
): ReadonlyMap<string, Command> {
  const since = new Date().toISOString();

  const stop: Command = async () => {
    lifetime.end('the command stop');
    await stopped;
    return [];
  };

  const status: Command = async ([form]) => {
    if (form === '--json') return [JSON.stringify({ pid: process.pid, since, services: services.status() })];
    return services
      .status()
      .map(({ name, state, since, deaths, reason }) =>
        [name, state, `since ${since}`, `${deaths} deaths`, ...(reason ? [reason] : [])].join(' · '),
      );
  };

  const restart: Command = async ([name]) => {
    if (!name) throw new Error('restart needs the name of a service');
    await services.restart(name);
    return [`${name} has been restarted`];
  };

  return new Map([
    ['stop', stop],
    ['status', status],
    ['restart', restart],
    ['reload', reload],
  ]);
}
