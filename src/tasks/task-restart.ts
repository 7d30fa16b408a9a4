import * as z from 'zod/mini';
import { inject } from '../infra/inject.js';
import { Logger } from '../infra/logger.js';
import { ServiceManager } from '../infra/service-manager.js';
import { access } from '../services/calls/access.js';
import { Refusal } from '../services/calls/refusal.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import { operators } from '../services/ops/operators.js';
import type { Json } from '../wire/json.js';

const schema = z.object({ name: z.string() });

/** Begins to restart a service, for operators. How it goes is said in the room `services`, for the answer may be cut by it. */
@access(operators)
export class TaskRestart extends Task<z.infer<typeof schema>> {
  static override readonly schema = schema;

  constructor(
    @inject(ServiceManager) private readonly services: ServiceManager,
    @inject(Logger) private readonly log: Logger,
  ) {
    super();
  }

  main({ data: { name }, user }: Request<z.infer<typeof schema>>): Json {
    if (!this.services.status().some((service) => service.name === name))
      throw new Refusal('bad-data', `there is no service ${name}`);
    this.log.info(`${user?.username ?? 'anonymous'} restarts ${name}`);
    // A router that waits for its calls must not wait for the one that restarts it.
    setImmediate(() => void this.#restart(name));
    return { name };
  }

  async #restart(name: string): Promise<void> {
    try {
      await this.services.restart(name);
    } catch (error) {
      this.log.error(`${name} could not be restarted`, error);
    }
  }
}
