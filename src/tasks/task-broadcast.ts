import { inject } from '../infra/inject.js';
import { Logger } from '../infra/logger.js';
import { Settings } from '../infra/settings.js';
import { Refusal } from '../services/calls/refusal.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import { RoomHandler } from '../services/rooms/room-handler.js';
import { ORDER } from '../wire/telegraph.js';
import { positionIn, sayNext } from './exchange.js';

/** In two-way mode: gives the bridge's order to every panel, and answers it. */
export class TaskBroadcast extends Task {
  constructor(
    @inject(Settings) private readonly settings: Settings,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
    @inject(Logger) private readonly log: Logger,
  ) {
    super();
  }

  main({ data }: Request): number {
    if (this.settings.panel.mode !== 'two-way')
      throw new Refusal(
        'refused',
        'the order is in the status file; only two-way mode takes it from a bridge',
      );
    const position = positionIn(data);
    sayNext(this.rooms, this.log, ORDER, position);
    return position;
  }
}
