import * as z from 'zod/mini';
import { inject } from '../infra/inject.js';
import { access } from '../services/calls/access.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import { operators } from '../services/ops/operators.js';
import { Tracer } from '../services/ops/tracer.js';
import { RoomHandler } from '../services/rooms/room-handler.js';
import type { Json } from '../wire/json.js';
import { TRACE_STEP } from '../wire/operations.js';

const schema = z.object({ cid: z.nullable(z.string()) });

/**
 * Follows a connection for an operator, who is told each step as `TraceStep`; answers when that is over. A connection
 * follows one other at a time: a second call ends the first, and one with `cid: null` does nothing else.
 */
@access(operators)
export class TaskTrace extends Task<z.infer<typeof schema>> {
  static override readonly schema = schema;
  /** A day. */
  static override readonly deadline = 86_400_000;

  constructor(
    @inject(Tracer) private readonly tracer: Tracer,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
  ) {
    super();
  }

  async main({ cid, data, signal }: Request<z.infer<typeof schema>>): Promise<Json> {
    const own = AbortSignal.any([signal, this.tracer.seat(cid)]);
    if (data.cid === null) return { over: 'nobody is followed' };
    const over = await this.tracer.follow(data.cid, own, (step) =>
      this.rooms.deliver({ cid, task: TRACE_STEP, data: { ...step } }),
    );
    return { over };
  }
}
