import { inject } from '../infra/inject.js';
import { Lifetime } from '../infra/lifetime.js';
import { Settings } from '../infra/settings.js';
import { Refusal } from '../services/calls/refusal.js';
import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import type { User } from '../services/rooms/client.js';

/** Stops the server, for those whom the setting `shutdown` allows. */
export class TaskShutdown extends Task {
  constructor(
    @inject(Settings) private readonly settings: Settings,
    @inject(Lifetime) private readonly lifetime: Lifetime,
  ) {
    super();
  }

  main({ user, cid }: Request): boolean {
    if (!this.#may(user)) throw new Refusal('refused', 'the settings of this server do not let you stop it');
    this.lifetime.end(`the task shutdown, called by ${user?.username ?? 'anonymous'} (${cid})`);
    return true;
  }

  #may(user: User | null): boolean {
    const { shutdown } = this.settings;
    if (typeof shutdown === 'function') return shutdown(user);
    return shutdown === 'anyone' || (shutdown === 'users' && user !== null);
  }
}
