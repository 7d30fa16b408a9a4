import * as z from 'zod/mini';
import { inject } from '../infra/inject.js';
import { access } from '../services/calls/access.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import { operators } from '../services/ops/operators.js';
import { pageOf } from '../services/ops/page-of.js';
import { RoomHandler } from '../services/rooms/room-handler.js';
import type { Json } from '../wire/json.js';

const schema = z.object({
  from: z._default(z.int().check(z.minimum(0)), 0),
  find: z._default(z.string(), ''),
});

/** Lists the rooms of this server for operators, a page at a time (PROTOCOL.md, 4). */
@access(operators)
export class TaskRooms extends Task<z.infer<typeof schema>> {
  static override readonly schema = schema;

  constructor(@inject(RoomHandler) private readonly rooms: RoomHandler) {
    super();
  }

  main({ data: { from, find } }: Request<z.infer<typeof schema>>): Json {
    const found = [...this.rooms.rooms].filter(([room]) => room.includes(find));
    return {
      ...pageOf(found, from, ([room, { members, offset }]) => ({ room, members: members.size, offset })),
    };
  }
}
