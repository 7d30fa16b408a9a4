import { inject } from '../infra/inject.js';
import { Refusal } from '../services/calls/refusal.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import { RoomHandler } from '../services/rooms/room-handler.js';
import { roomIn } from './room-in.js';

/** Takes a modern connection out of a room (PROTOCOL.md, 1.5). */
export class TaskUnsubscribe extends Task<{ room: string }> {
  constructor(@inject(RoomHandler) private readonly rooms: RoomHandler) {
    super();
  }

  main({ cid, data }: Request<{ room: string }>): { room: string } {
    const room = roomIn(data);
    const client = this.rooms.client(cid);
    if (client?.hearsNotices)
      throw new Refusal('refused', 'a connection whose hello has no ref stays in its room');
    if (client) this.rooms.leave(client, room);
    return { room };
  }
}
