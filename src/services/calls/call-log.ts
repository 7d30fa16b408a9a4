import type { Logger } from '../../infra/logger.js';
import type { Client } from '../rooms/client.js';

/** The log for one connection, or one call of it; who follows the connection hears its lines. */
export function logAbout(log: Logger, { cid, trace }: Client, task?: string): Logger {
  const subject = task === undefined ? { cid } : { cid, task };
  return log.about(subject, trace && ((line) => trace.step('service', line)));
}
