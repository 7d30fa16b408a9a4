import { errorFrom } from './error-from.js';
import type { Listing, ServiceClass } from './listing.js';
import type { Logger } from './logger.js';
import { ownOptions, replaceContent } from './own-options.js';
import { type ServiceChanges, type Stay, serviceChanges } from './service-changes.js';
import type { ServiceContainer } from './service-container.js';
import type { ServiceManager } from './service-manager.js';

/** Brings a new list of services to those that run: each step, and back again when one fails. */
export class ServiceReload {
  readonly #changes: ServiceChanges;
  readonly #told: Stay[] = [];
  readonly #started: string[] = [];

  constructor(
    private readonly services: ServiceManager,
    list: readonly (ServiceClass | Listing)[],
    private readonly log: Logger,
  ) {
    this.#changes = serviceChanges(services.containers, list);
  }

  /** What can only be done at the next start, in sentences. */
  get later(): readonly string[] {
    return this.#changes.later;
  }

  /** Does it, and resolves with sentences about it. When a step fails, `restore` is called, all is undone, and it throws. */
  async run(restore: () => void): Promise<string[]> {
    const { stays, added, removed, later } = this.#changes;
    const undo = [restore];
    const did: string[] = [];
    try {
      for (const { container, listing } of stays) {
        this.services.standFor(listing.service, container);
        undo.push(replaceContent(container.options, ownOptions(listing.options)));
      }
      for (const listing of added) did.push(await this.#start(listing));
      for (const stay of stays) did.push(...(await this.#tell(stay)));
    } catch (error) {
      for (const step of undo) step();
      await this.#undo();
      throw error;
    }
    for (const container of [...removed].reverse()) did.push(await this.#end(container));
    return [...did, ...later];
  }

  async #start(listing: Listing): Promise<string> {
    const { name } = listing.service;
    this.services.create(listing);
    this.#started.push(name);
    await this.services.enable(name);
    return `${name} has been started`;
  }

  /** Only one that runs is told: any other finds what is new when it starts. */
  async #tell(stay: Stay): Promise<string[]> {
    const { container, changed } = stay;
    if (container.state !== 'enabled') return changed ? [`${container.name} is ${container.state}`] : [];
    this.#told.push(stay);
    const what = await this.#inform(stay);
    return changed ? [`${container.name} has been ${what}: its options have changed`] : [];
  }

  async #inform({ container, changed }: Stay): Promise<'told' | 'restarted'> {
    const { instance, name } = container;
    try {
      if (instance.reload) await instance.reload();
      else if (changed) await this.services.restart(name);
      return instance.reload ? 'told' : 'restarted';
    } catch (error) {
      throw new Error(`${name} refuses what is new: ${errorFrom(error).message}`, { cause: error });
    }
  }

  async #undo(): Promise<void> {
    const steps = [
      ...this.#told.reverse().map((stay) => async () => void (await this.#inform(stay))),
      ...this.#started.reverse().map((name) => () => this.services.remove(name)),
    ];
    for (const step of steps)
      try {
        await step();
      } catch (error) {
        this.log.error(`while undoing the reload: ${errorFrom(error).message}`, error);
      }
  }

  async #end({ name }: ServiceContainer): Promise<string> {
    try {
      await this.services.remove(name);
      return `${name} has been stopped`;
    } catch (error) {
      this.log.error(`while stopping ${name}: ${errorFrom(error).message}`, error);
      return `${name} has been stopped, badly: ${errorFrom(error).message}`;
    }
  }
}
