import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Service } from '../infra/service.js';
import type { ServiceManager } from '../infra/service-manager.js';
import { WebServer } from '../services/doors/web-server.js';
import { type VisitOptions, Visitor } from './visitor.js';

/** How long a service that was killed may take to be back, in milliseconds. */
const BACK_WITHIN = 10_000;
const LOOK_EVERY = 5;

/** A server under test. */
export class TestServer {
  readonly #visitors: Visitor[] = [];

  /** `startServer` makes it. */
  constructor(
    /** Where its files lie. */
    readonly folder: string,
    /** Its services: `get(Clock)` is the very object that runs. */
    readonly services: ServiceManager,
    private readonly end: () => Promise<void>,
  ) {}

  /** Where it listens: `http://127.0.0.1:PORT`. */
  get url(): string {
    return this.services.get(WebServer).url;
  }

  /** The path of a file in its folder, such as `status.eot` or `logging.log`. */
  file(name: string): string {
    return join(this.folder, name);
  }

  /** Somebody visits a room; gone with the test. Throws a Refusal when the server does not let them in. */
  async join(room: string, options?: VisitOptions): Promise<Visitor> {
    const visitor = await Visitor.in(this.url, room, options);
    this.#visitors.push(visitor);
    return visitor;
  }

  /**
   * A fault: a service dies of `why`, as if its `main` had thrown it. Resolves when it was resurrected; throws when it does not run, and
   * when it has died too often and is parked.
   */
  async kill(
    service: string | (abstract new (...args: never[]) => Service),
    why = new Error('a test killed it'),
  ): Promise<void> {
    const name = typeof service === 'string' ? service : this.services.get(service).constructor.name;
    await this.services.kill(name, why);
    for (const until = Date.now() + BACK_WITHIN; Date.now() < until; await pause(LOOK_EVERY)) {
      const now = this.services.status().find((status) => status.name === name);
      if (now?.state === 'enabled') return;
      if (now?.state === 'parked') throw new Error(`${name} is parked after ${now.deaths} deaths`);
    }
    throw new Error(`${name} did not come back within ${BACK_WITHIN / 1_000} s`);
  }

  /** Stops it before the test has ended: its visitors are told to come back, its folder is removed. */
  async stop(): Promise<void> {
    await this.end();
    await Promise.all(this.#visitors.map(({ closed }) => closed));
  }
}
