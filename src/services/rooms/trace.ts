import type { Where } from '../../wire/operations.js';

/** Follows one connection. What is followed asks `client.trace?.…`, and nothing more when nobody follows. */
export interface Trace {
  step(where: Where, what: string): void;
  /** The connection has ended. */
  over(): void;
}
