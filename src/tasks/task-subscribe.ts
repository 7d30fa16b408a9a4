import { inject } from '../infra/inject.js';
import { Refusal } from '../services/calls/refusal.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import { Barred } from '../services/rooms/room-guards.js';
import { RoomHandler } from '../services/rooms/room-handler.js';
import { roomIn } from './room-in.js';

/** Takes a modern connection into one more room (PROTOCOL.md, 1.5). */
export class TaskSubscribe extends Task<{ room: string }> {
  constructor(@inject(RoomHandler) private readonly rooms: RoomHandler) {
    super();
  }

  main({ cid, data }: Request<{ room: string }>): { room: string; offset: number } {
    const room = roomIn(data);
    const client = this.rooms.client(cid);
    if (!client) throw new Refusal('not-joined', 'the connection has left');
    if (client.hearsNotices)
      throw new Refusal('refused', 'a connection whose hello has no ref is in one room only');
    try {
      return { room, offset: this.rooms.join(client, room) };
    } catch (error) {
      if (error instanceof RangeError || error instanceof Barred) throw new Refusal('refused', error.message);
      throw error;
    }
  }
}
