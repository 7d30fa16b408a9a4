import { inject } from '../infra/inject.js';
import { Refusal } from '../services/calls/refusal.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import { AcceptFile } from '../services/telegraph/accept-file.js';
import { positionOf } from '../wire/telegraph.js';

/** Acknowledges an order: writes the position to the accept file and answers it. */
export class TaskAccept extends Task {
  constructor(@inject(AcceptFile) private readonly file: AcceptFile) {
    super();
  }

  async main({ data }: Request): Promise<number> {
    const position = positionOf(String(data));
    if (position === undefined) throw new Refusal('bad-data', 'a state is a number from 1 to 11');
    await this.file.write(position);
    return position;
  }
}
