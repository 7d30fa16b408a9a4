import type { Patience } from './backoff.js';
import { errorFrom } from './error-from.js';
import { nameOf, Options, type Registry } from './inject.js';
import { type Listing, lineage, listingOf, refuseDouble, type ServiceClass } from './listing.js';
import { Logger } from './logger.js';
import { ownOptions } from './own-options.js';
import type { Service } from './service.js';
import { ServiceContainer, type ServiceStatus } from './service-container.js';

/** How long the stop of all services may take, in milliseconds: a little less than the five seconds of the whole. */
const STOP_WITHIN = 4_000;

/** Makes the listed services, starts them in order, resurrects those that die and stops them in reverse. */
export class ServiceManager {
  readonly #containers = new Map<string, ServiceContainer>();
  readonly #classes = new Map<string, ServiceClass>();
  #stopping: Promise<void> | undefined;

  /** @param patience how deaths are healed, for services whose listing does not say it */
  constructor(
    private readonly registry: Registry,
    private readonly log: Logger,
    private readonly patience: Partial<Patience> = {},
  ) {}

  /**
   * Makes a service without starting it. Throws when one of its name is there, when one of its kind is, or
   * when it needs what was not made before it.
   */
  create(entry: ServiceClass | Listing): void {
    const { service, options, terms } = listingOf(entry);
    const listing = { service, options: ownOptions(options), terms };
    refuseDouble(service, this.#classes.values());
    const registry = this.registry.child();
    registry.provide(Logger, this.log.for(service.name));
    registry.provide(Options, listing.options);
    const [lacking] = registry.missing(service);
    if (lacking) {
      const name = nameOf(lacking);
      throw new Error(`${service.name} needs ${name}: list it above ${service.name} in settings.services`);
    }
    const instance = this.#made(service, registry);
    this.#containers.set(service.name, new ServiceContainer(listing, instance, this.log, this.patience));
    this.#classes.set(service.name, service);
    for (const token of lineage(service)) this.registry.provide(token, instance);
  }

  #made(service: ServiceClass, registry: Registry): Service {
    try {
      return registry.factory(service)();
    } catch (error) {
      throw new Error(`${service.name} cannot be made: ${errorFrom(error).message}`, { cause: error });
    }
  }

  /** Makes all of the list, then starts them in its order. What had started is stopped again when one fails. */
  async start(list: readonly (ServiceClass | Listing)[]): Promise<void> {
    for (const entry of list) this.create(entry);
    for (const container of this.#containers.values()) {
      if (this.#stopping !== undefined) throw new Error('the start was broken off: a stop was asked for');
      try {
        await container.ensure();
      } catch (error) {
        if (this.#stopping || !container.optional) throw error;
        container.park(errorFrom(error));
      }
    }
  }

  /** Stops all, the last one started first. One that fails to stop, or has no time left, is logged and left behind. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  async #stopAll(): Promise<void> {
    const until = Date.now() + STOP_WITHIN;
    for (const container of [...this.#containers.values()].reverse()) {
      if (container.state === 'available') continue;
      try {
        await container.disable(Math.max(0, until - Date.now()));
        this.log.info(`${container.name} is disabled`);
      } catch (error) {
        this.log.error(`while stopping ${container.name}: ${errorFrom(error).message}`, error);
      }
    }
  }

  /** The service of this class or name, at once; one that is dead, or was only made, is started on the way. */
  get<S extends Service>(service: abstract new (...args: never[]) => S): S;
  get(name: string): Service;
  get(wanted: string | (abstract new (...args: never[]) => Service)): Service {
    const container = typeof wanted === 'string' ? this.#find(wanted) : this.#findKind(wanted);
    if (!this.#stopping) container.revive();
    return container.instance;
  }

  /** Starts one and waits until it is ready; throws when it is unknown, running, or fails. */
  async enable(name: string): Promise<void> {
    await this.#find(name).enable();
  }

  /** Stops one and waits until it has stopped; throws when it is unknown or not running. */
  async disable(name: string): Promise<void> {
    await this.#find(name).disable();
  }

  /** Stops one if it runs, and starts it; its deaths are forgiven. */
  async restart(name: string): Promise<void> {
    const container = this.#find(name);
    if (container.state !== 'available') await container.disable();
    if (this.#stopping !== undefined) throw new Error(`${name} is not started again: the server stops`);
    await container.enable();
  }

  /** Stops one if it runs, and forgets it; it is forgotten also when its stop fails, which is thrown. */
  async remove(name: string): Promise<void> {
    const container = this.#find(name);
    try {
      if (container.state !== 'available') await container.disable();
    } finally {
      this.delete(name);
    }
  }

  /** Forgets one that does not run, so that another of its name may be made; throws when it runs or is unknown. */
  delete(name: string): void {
    const { state } = this.#find(name);
    if (state !== 'available' && state !== 'parked') throw new Error(`${name} is ${state}: disable it first`);
    this.#containers.delete(name);
    this.#classes.delete(name);
  }

  /** All that were made, in the order of making. */
  get containers(): readonly ServiceContainer[] {
    return [...this.#containers.values()];
  }

  /** Lets a service stand for a later version of its class, too. */
  standFor(later: ServiceClass, { instance }: ServiceContainer): void {
    for (const token of lineage(later)) if (!this.registry.has(token)) this.registry.provide(token, instance);
  }

  status(): ServiceStatus[] {
    return [...this.#containers.values()].map((container) => container.status());
  }

  #find(name: string): ServiceContainer {
    const container = this.#containers.get(name);
    if (container) return container;
    const names = [...this.#containers.keys()].join(', ') || 'none';
    throw new Error(`there is no service ${name}: the services are ${names}`);
  }

  #findKind(kind: abstract new (...args: never[]) => Service): ServiceContainer {
    for (const container of this.#containers.values())
      if (container.instance instanceof kind) return container;
    return this.#find(kind.name);
  }
}
