import { inject } from '../infra/inject.js';
import { Logger } from '../infra/logger.js';
import { Settings } from '../infra/settings.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import { RoomHandler } from '../services/rooms/room-handler.js';
import { AcceptFile } from '../services/telegraph/accept-file.js';
import { Acknowledgements } from '../services/telegraph/acknowledgements.js';
import { ANSWER } from '../wire/telegraph.js';
import { positionIn, sayNext } from './exchange.js';

/** Acknowledges an order and answers it: into the accept file, or in two-way mode to every panel. */
export class TaskAccept extends Task {
  constructor(
    @inject(Settings) private readonly settings: Settings,
    @inject(AcceptFile) private readonly file: AcceptFile,
    @inject(Acknowledgements) private readonly acknowledgements: Acknowledgements,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
    @inject(Logger) private readonly log: Logger,
  ) {
    super();
  }

  main(request: Request): number | Promise<number> {
    const position = positionIn(request.data);
    if (this.settings.panel.mode === 'status') return this.#write(position, request);
    sayNext(this.rooms, this.log, ANSWER, position);
    return position;
  }

  async #write(position: number, { cid, user }: Request): Promise<number> {
    await this.file.write(position);
    this.acknowledgements.note(cid, user, position);
    return position;
  }
}
