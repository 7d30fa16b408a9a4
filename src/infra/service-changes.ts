import { needsOf } from './inject.js';
import { type Listing, lineage, listingOf, type ServiceClass } from './listing.js';
import { ownOptions, sameOptions } from './own-options.js';
import type { ServiceContainer } from './service-container.js';

/** A service that stays, and how it is listed now. */
export interface Stay {
  readonly container: ServiceContainer;
  readonly listing: Listing;
  /** Whether its options say something new. */
  readonly changed: boolean;
}

/** What a new list of services means for those that run. */
export interface ServiceChanges {
  readonly stays: readonly Stay[];
  readonly added: readonly Listing[];
  readonly removed: readonly ServiceContainer[];
  /** What can only be done at the next start, in sentences. */
  readonly later: readonly string[];
}

/** Compares a list of services with those that run, and changes nothing. */
export function serviceChanges(
  running: readonly ServiceContainer[],
  list: readonly (ServiceClass | Listing)[],
): ServiceChanges {
  const listings = new Map(list.map(listingOf).map((listing) => [listing.service.name, listing]));
  const later: string[] = [];
  const stays: Stay[] = [];
  const gone: ServiceContainer[] = [];
  for (const container of running) {
    const listing = listings.get(container.name);
    if (!listing) gone.push(container);
    else stays.push(stay(container, listing, later));
    listings.delete(container.name);
  }
  // An injected reference never goes stale, so one that is held cannot be exchanged.
  const holder = (service: ServiceClass): ServiceContainer | undefined =>
    stays.find(({ container }) => needsOf(container.service).some((need) => isOf(service, need)))?.container;
  const removed = gone.filter(({ name, service }) => {
    const held = holder(service);
    if (held) later.push(`${name} leaves at the next start: ${held.name} holds it`);
    return !held;
  });
  const added = [...listings.values()].filter(({ service }) => {
    const held = holder(service);
    if (held) later.push(`${service.name} comes at the next start: ${held.name} holds what it replaces`);
    return !held;
  });
  return { stays, added, removed, later };
}

function stay(container: ServiceContainer, listing: Listing, later: string[]): Stay {
  const { name, service, terms, options } = container;
  if (service !== listing.service) later.push(`the new code of ${name} comes at the next start`);
  if (!sameOptions(terms, listing.terms)) later.push(`the new terms of ${name} come at the next start`);
  return { container, listing, changed: !sameOptions(options, ownOptions(listing.options)) };
}

function isOf(service: ServiceClass, need: unknown): boolean {
  return lineage(service).some((token) => token === need);
}
