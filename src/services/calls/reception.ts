import { inject } from '../../infra/inject.js';
import { Service } from '../../infra/service.js';
import type { Client } from '../rooms/client.js';
import { RoomHandler } from '../rooms/room-handler.js';
import { Router } from './router.js';
import { SessionManager } from './session-manager.js';
import type { Visit } from './visit.js';

/** Lets clients in and out: the session manager says who, the room handler says where. */
export class Reception extends Service {
  constructor(
    @inject(SessionManager) private readonly sessions: SessionManager,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
    @inject(Router) private readonly router: Router,
  ) {
    super();
  }

  /**
   * Finds out who a client is and takes it into its room. `present` is asked after the wait: a client that left
   * meanwhile is not taken in. Resolves true when it is in; throws `Barred` when the room's guard does not let it in.
   */
  async welcome(client: Client, visit: Visit, room: string, present: () => boolean): Promise<boolean> {
    const user = await this.sessions.user(visit);
    if (!present()) return false;
    // A store that finds nothing may give nothing at all, which is nobody, too.
    client.user = user ?? null;
    client.peer = visit.peer;
    this.rooms.join(client, room);
    return true;
  }

  /** A client has left: its calls are broken off, its rooms told. */
  farewell(client: Client): void {
    this.router.cancel(client);
    this.rooms.leave(client);
  }
}
