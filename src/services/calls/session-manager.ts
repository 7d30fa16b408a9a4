import { inject, Options } from '../../infra/inject.js';
import { Logger } from '../../infra/logger.js';
import { Service } from '../../infra/service.js';
import { TimeLimit } from '../../infra/time-limit.js';
import type { User } from '../rooms/client.js';
import type { Visit } from './visit.js';

export interface SessionManagerOptions {
  /** True: the key is the cookie `sessionid`. False: it is the hello's `session_id`. True unless said otherwise. */
  sameDomain?: boolean;
  /** How long the look-up may take before it counts as failed, in milliseconds; 5,000 unless said otherwise. */
  within?: number;
}

/**
 * Says who a visitor is. This one knows nobody: every visitor is anonymous. Extend it, override `find`, and
 * list yours instead.
 */
export class SessionManager<O extends SessionManagerOptions = SessionManagerOptions> extends Service {
  constructor(
    @inject(Options) protected readonly options: O,
    @inject(Logger) protected readonly log: Logger,
  ) {
    super();
  }

  /** The user of a visit; null when anonymous. Asks a failing store once more, then takes the visitor for anonymous. */
  async user(visit: Visit): Promise<User | null> {
    const key = this.options.sameDomain === false ? visit.sessionId : visit.cookie('sessionid');
    if (!key) return null;
    try {
      return await this.#look(key, visit);
    } catch (error) {
      this.log.warning('the session store failed; it is asked once more', error);
    }
    try {
      return await this.#look(key, visit);
    } catch (error) {
      this.log.error('the session store failed twice; the visitor is anonymous', error);
      return null;
    }
  }

  /** The user whose session has this key; null when there is none. Override it. */
  protected find(_key: string, _visit: Visit): Promise<User | null> | User | null {
    return null;
  }

  async #look(key: string, visit: Visit): Promise<User | null> {
    const { within = 5_000 } = this.options;
    const limit = new TimeLimit(within);
    const late = limit.over.then((): never => {
      throw new Error(`the session store did not answer within ${within / 1000} s`);
    });
    try {
      return await Promise.race([this.find(key, visit), late]);
    } finally {
      limit.callOff();
    }
  }
}
