import * as z from 'zod/mini';
import { inject } from '../infra/inject.js';
import { Logger } from '../infra/logger.js';
import { access } from '../services/calls/access.js';
import { Refusal } from '../services/calls/refusal.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import { operators } from '../services/ops/operators.js';
import { RoomHandler } from '../services/rooms/room-handler.js';
import { REFUSED } from '../wire/close.js';
import type { Json } from '../wire/json.js';

const schema = z.object({ cid: z.string() });

/** Closes a connection with a code that says not to come back, for operators. */
@access(operators)
export class TaskDisconnect extends Task<z.infer<typeof schema>> {
  static override readonly schema = schema;

  constructor(
    @inject(RoomHandler) private readonly rooms: RoomHandler,
    @inject(Logger) private readonly log: Logger,
  ) {
    super();
  }

  main({ data: { cid }, user }: Request<z.infer<typeof schema>>): Json {
    const client = this.rooms.client(cid);
    if (!client) throw new Refusal('bad-data', `there is no client ${cid}`);
    this.log.info(`${user?.username ?? 'anonymous'} disconnects ${cid}`);
    client.close(REFUSED, 'an operator has disconnected you');
    return { cid };
  }
}
