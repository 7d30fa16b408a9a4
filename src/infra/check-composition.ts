import { ClusterManager } from './cluster-manager.js';
import { Commands } from './commands.js';
import { nameOf, needsOf, Options, Registry, type Token } from './inject.js';
import { Lifetime } from './lifetime.js';
import { lineage, listingOf, refuseDouble, type ServiceClass } from './listing.js';
import { Logger } from './logger.js';
import { ServiceManager } from './service-manager.js';
import { Settings } from './settings.js';

/** What every service and task may ask for without listing it. */
const GIVEN: readonly Token[] = [
  Options,
  Settings,
  Lifetime,
  Registry,
  ClusterManager,
  ServiceManager,
  Commands,
  Logger,
];

/** Throws when a service or a task of the settings needs what is not listed, or when a service is listed twice; makes none. */
export function checkComposition({ services, tasks }: Settings): void {
  const there = new Set<Token>(GIVEN);
  const listed: ServiceClass[] = [];
  for (const entry of services) {
    const { service } = listingOf(entry);
    refuseDouble(service, listed);
    for (const token of needsOf(service))
      if (!there.has(token))
        throw new Error(
          `${service.name} needs ${nameOf(token)}: list it above ${service.name} in settings.services`,
        );
    listed.push(service);
    for (const token of lineage(service)) there.add(token);
  }
  for (const [name, task] of Object.entries(tasks))
    for (const token of needsOf(task))
      if (!there.has(token))
        throw new Error(`the task ${name} needs ${nameOf(token)}: list it in settings.services`);
}
