import { Backoff, PATIENCE, type Patience } from './backoff.js';
import { errorFrom } from './error-from.js';
import { Life, type Limits } from './life.js';
import type { Listing, ServiceClass, Terms } from './listing.js';
import type { Logger } from './logger.js';
import type { Service } from './service.js';
import { endedWithin } from './time-limit.js';

/** Where a service stands: made; before `ready()`; up; told to stop; to be healed; given up until a person restarts it. */
export type State = 'available' | 'starting' | 'enabled' | 'stopping' | 'dead' | 'parked';

/** What `status` tells of a service. */
export interface ServiceStatus {
  name: string;
  state: State;
  /** When it came to this state, as an ISO 8601 time. */
  since: string;
  deaths: number;
  /** Why it last died or failed. */
  reason?: string;
  about?: Readonly<Record<string, string | number>>;
}

/** Holds one service: runs it, notes its deaths and resurrects it as the same object. */
export class ServiceContainer {
  readonly name: string;
  readonly optional: boolean;
  /** What its instance is of, and what was agreed with it. */
  readonly service: ServiceClass;
  readonly terms: Terms;
  /** The object that the service was given: a reload replaces its content. */
  readonly options: unknown;
  readonly #limits: Limits;
  readonly #backoff: Backoff;
  #state: State = 'available';
  #since = new Date();
  #deaths = 0;
  #reason: string | undefined;
  #life: Life | undefined;
  #revival: NodeJS.Timeout | undefined;

  constructor(
    { service, options, terms }: Listing,
    readonly instance: Service,
    private readonly log: Logger,
    patience: Partial<Patience> = {},
    private readonly changed: (status: ServiceStatus) => void = () => undefined,
  ) {
    this.name = service.name;
    this.service = service;
    this.options = options;
    this.terms = terms;
    this.optional = terms.optional ?? false;
    this.#limits = {
      startWithin: terms.startWithin ?? service.startWithin,
      stopWithin: terms.stopWithin ?? service.stopWithin,
    };
    this.#backoff = new Backoff({ ...PATIENCE, ...patience, ...terms.restart });
  }

  get state(): State {
    return this.#state;
  }

  /** Starts it and waits until it is ready; throws when it is running already, or fails to start. */
  async enable(): Promise<void> {
    if (this.#state === 'starting' || this.#state === 'enabled' || this.#state === 'stopping')
      throw new Error(`${this.name} is ${this.#state} already`);
    this.#backoff.forget();
    await this.#begin((why) => this.#failed(why));
  }

  /** Starts it, unless that was done already, and waits until it is ready; throws when it fails to start. */
  async ensure(): Promise<void> {
    if (this.#state === 'starting') await this.#life?.ready;
    else if (this.#state !== 'enabled') await this.enable();
  }

  /** Stops it and waits until it has stopped; throws when it was not running, fails to, or does not in time (milliseconds). */
  async disable(atMost?: number): Promise<void> {
    const life = this.#life;
    if (!life) {
      if (this.#state === 'available') throw new Error(`${this.name} is not enabled`);
      return this.#enter('available');
    }
    this.#enter('stopping');
    try {
      await life.stop(atMost);
    } finally {
      this.#life = undefined;
      this.#enter('available');
    }
  }

  /** Starts one that is dead, or that was only made, without waiting; throws for one that is given up or stopping. */
  revive(): void {
    if (this.#state === 'parked')
      throw new Error(
        `${this.name} is parked after ${this.#deaths} deaths (${this.#reason}): restart it when it is mended`,
      );
    if (this.#state === 'stopping') throw new Error(`${this.name} is stopping`);
    if (this.#state !== 'dead' && this.#state !== 'available') return;
    this.#begin((why) => this.#died(why)).catch(() => undefined);
  }

  /** Lets it die of `why`, as if its `main` had thrown it; resolves when `main` has ended. Throws when it is not enabled. */
  async kill(why: Error): Promise<void> {
    const life = this.#life;
    if (!life || this.#state !== 'enabled') throw new Error(`${this.name} is ${this.#state}: it cannot die`);
    life.die(why);
    if (await endedWithin(life.ended, this.#limits.stopWithin)) return;
    throw new Error(`${this.name} does not end when its signal aborts`);
  }

  /** Gives it up until a person restarts it. */
  park(reason: Error): void {
    this.#reason = reason.message;
    this.#enter('parked');
    this.log.error(`${this.name} is parked: ${reason.message}`, reason);
  }

  status(): ServiceStatus {
    const about = this.#about();
    return { ...this.#standing(), ...(about ? { about } : {}) };
  }

  #standing(): ServiceStatus {
    return {
      name: this.name,
      state: this.#state,
      since: this.#since.toISOString(),
      deaths: this.#deaths,
      ...(this.#reason === undefined ? {} : { reason: this.#reason }),
    };
  }

  /** What it tells of itself; `status` must answer also when it cannot. */
  #about(): ServiceStatus['about'] {
    try {
      return this.instance.describe?.();
    } catch (error) {
      return { describe: `failed: ${errorFrom(error).message}` };
    }
  }

  /** Begins a life and waits until it is ready; tells of its failure, unless it was told to stop meanwhile, and throws it. */
  async #begin(failed: (why: Error) => void): Promise<void> {
    this.#enter('starting');
    const life = new Life(this.name, this.instance, this.#limits);
    this.#life = life;
    try {
      await life.ready;
    } catch (error) {
      if (this.#life === life && this.#state === 'starting') failed(errorFrom(error));
      throw error;
    }
    if (this.#life !== life || this.#state !== 'starting') return;
    this.#enter('enabled');
    this.log.info(`${this.name} is enabled`);
    void life.ended.then((why) => {
      if (this.#life === life && this.#state === 'enabled') this.#died(why ?? new Error('main() returned'));
    });
  }

  #failed(why: Error): void {
    this.#life = undefined;
    this.#reason = why.message;
    this.#enter('available');
  }

  #died(why: Error): void {
    this.#life = undefined;
    this.#deaths++;
    this.#reason = why.message;
    const wait = this.#backoff.next(Date.now());
    if (wait === undefined) {
      this.park(why);
      return;
    }
    this.#enter('dead');
    this.log.error(`${this.name} died: ${why.message}; it is resurrected within ${Math.round(wait)} ms`, why);
    this.#revival = setTimeout(() => this.revive(), wait);
  }

  /** Each change of state calls off the revival that was planned. */
  #enter(state: State): void {
    clearTimeout(this.#revival);
    this.#state = state;
    this.#since = new Date();
    this.changed(this.#standing());
  }
}
