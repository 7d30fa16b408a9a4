import type { Patience } from './backoff.js';
import type { Service } from './service.js';

/** A class of services, whatever its constructor takes. */
export type ServiceClass = (new (
  ...args: never[]
) => Service) & { readonly startWithin: number; readonly stopWithin: number };

/** The first parameter of a service's constructor: its options, marked `@inject(Options)`. */
export type OptionsOf<C> = C extends new (options: infer O, ...rest: never[]) => Service ? O : never;

/** What is agreed with one listed service, beside its options. */
export interface Terms {
  /** A service that fails its first start is parked and the rest runs on; without this, the start fails. */
  optional?: boolean;
  /** Milliseconds until `ready()`; else the class's own. */
  startWithin?: number;
  /** Milliseconds to stop in; else the class's own. */
  stopWithin?: number;
  /** How its deaths are healed; else what the settings say for all. */
  restart?: Partial<Patience>;
}

/** A line of `settings.services`: made by `SomeService.with(options, terms)`. */
export interface Listing {
  readonly service: ServiceClass;
  readonly options: unknown;
  readonly terms: Terms;
}

/** A bare class in the list means: no options, the usual terms. */
export function listingOf(entry: ServiceClass | Listing): Listing {
  return typeof entry === 'function' ? { service: entry, options: undefined, terms: {} } : entry;
}

/** The class and those that it extends: what may be asked for to be given an instance of it. */
export function lineage(service: ServiceClass): ServiceClass[] {
  const base = Object.getPrototypeOf(service) as ServiceClass;
  // Service itself, the only one that extends nothing, is no kind of service.
  return Object.getPrototypeOf(base) === Function.prototype ? [service] : [service, ...lineage(base)];
}

/** Throws when a service is listed twice, or together with one that it replaces. */
export function refuseDouble(service: ServiceClass, listed: Iterable<ServiceClass>): void {
  for (const other of listed) {
    if (other.name === service.name) throw new Error(`${service.name} is listed twice in settings.services`);
    const [derived, base] = other.prototype instanceof service ? [other, service] : [service, other];
    if (derived.prototype instanceof base)
      throw new Error(
        `${derived.name} replaces ${base.name}: list one of them in settings.services, not both`,
      );
  }
}
