import { inject } from '../infra/inject.js';
import { ServiceManager } from '../infra/service-manager.js';
import { access } from '../services/calls/access.js';
import { Task } from '../services/calls/task.js';
import { operators } from '../services/ops/operators.js';
import type { Json } from '../wire/json.js';

/** Tells operators the state of every service; changes are said in the room `services` (PROTOCOL.md, 4). */
@access(operators)
export class TaskServices extends Task {
  constructor(@inject(ServiceManager) private readonly services: ServiceManager) {
    super();
  }

  main(): Json {
    const since = new Date(performance.timeOrigin).toISOString();
    return {
      pid: process.pid,
      since,
      services: this.services.status().map(({ about: _, ...state }) => state),
    };
  }
}
