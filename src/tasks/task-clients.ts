import * as z from 'zod/mini';
import { inject } from '../infra/inject.js';
import { access } from '../services/calls/access.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import { operators } from '../services/ops/operators.js';
import { pageOf } from '../services/ops/page-of.js';
import type { Client } from '../services/rooms/client.js';
import { RoomHandler } from '../services/rooms/room-handler.js';
import type { Json } from '../wire/json.js';

/** How many of a client's rooms are named. */
const ROOMS = 5;

const schema = z.object({
  from: z._default(z.int().check(z.minimum(0)), 0),
  find: z._default(z.string(), ''),
  room: z.optional(z.string()),
});

/** Lists the clients of this server, or of one room, for operators, a page at a time (PROTOCOL.md, 4). */
@access(operators)
export class TaskClients extends Task<z.infer<typeof schema>> {
  static override readonly schema = schema;

  constructor(@inject(RoomHandler) private readonly rooms: RoomHandler) {
    super();
  }

  main({ data: { from, find, room } }: Request<z.infer<typeof schema>>): Json {
    const there = room === undefined ? this.rooms.clients.values() : this.rooms.who(room);
    const found = find === '' ? there : [...there].filter((client) => matches(client, find));
    return { ...pageOf(found, from, (client) => this.#shown(client)) };
  }

  #shown(client: Client): Json {
    const { cid, user, peer } = client;
    const rooms = this.rooms.where(client);
    return {
      cid,
      user: user?.username ?? null,
      address: peer.address,
      rooms: rooms.slice(0, ROOMS),
      places: rooms.length,
    };
  }
}

function matches({ cid, user, peer }: Client, find: string): boolean {
  return cid.startsWith(find) || peer.address.includes(find) || (user?.username.includes(find) ?? false);
}
