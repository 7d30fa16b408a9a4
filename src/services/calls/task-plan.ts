import { needsOf, type Registry } from '../../infra/inject.js';
import { Logger } from '../../infra/logger.js';
import type { Settings } from '../../infra/settings.js';
import type { Json } from '../../wire/json.js';
import type { Client } from '../rooms/client.js';
import { type Guard, guardsOf } from './access.js';
import { logAbout } from './call-log.js';
import { Refusal } from './refusal.js';
import { checked, type Schema } from './schema.js';
import type { Task, TaskClass } from './task.js';

/** The longest time that a timer takes, in milliseconds: more would be none at all. */
const LONGEST = 2 ** 31 - 1;

/** One line of `settings.tasks`, prepared once: all that a call of it takes. */
export class TaskPlan {
  readonly deadline: number;
  /** The module to run in a thread; undefined for a task that runs here. */
  readonly thread: string | undefined;
  /** Makes an instance for one call, its services injected; a logger, if it asks for one, that knows the call. */
  readonly make: (client: Client) => Task<Json>;
  readonly #guards: readonly Guard[];
  readonly #schema: Schema | undefined;

  constructor(
    readonly name: string,
    readonly task: TaskClass,
    registry: Registry,
  ) {
    this.deadline = Math.min(task.deadline, LONGEST);
    this.thread = task.thread;
    this.make = factory(name, task, registry);
    this.#guards = guardsOf(task);
    this.#schema = task.schema;
  }

  /** Throws a Refusal when a guard does not let the client in. */
  admit({ user, peer }: Client, settings: Settings): void {
    // Only true lets in: what a guard merely promises, and whatever else it gives, does not.
    for (const guard of this.#guards)
      if (guard(user, peer, settings) !== true)
        throw new Refusal(
          'refused',
          `${this.name} is not for ${user ? user.username : 'anonymous visitors'}`,
        );
  }

  /** The data as the task's schema gives it back; throws a Refusal when it does not fit. */
  check(data: Json): Json {
    return this.#schema ? checked(this.#schema, data) : data;
  }
}

function factory(name: string, task: TaskClass, registry: Registry): TaskPlan['make'] {
  const make = registry.factory(task as unknown as new () => Task<Json>);
  if (!needsOf(task).includes(Logger)) return () => make();
  const log = registry.get(Logger);
  return (client) => {
    const own = registry.child();
    own.provide(Logger, logAbout(log, client, name));
    return make(own);
  };
}
