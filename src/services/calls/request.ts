import type { Json } from '../../wire/json.js';
import type { User } from '../rooms/client.js';

/** What a task is asked. */
export interface Request<Data = Json, Said = Json> {
  /** The name under which the task was called. */
  readonly task: string;
  /** Parsed for this call alone, and checked when the task has a schema. */
  readonly data: Data;
  readonly cid: string;
  /** The room that the call is about. */
  readonly room: string;
  /** Null for an anonymous visitor. */
  readonly user: User | null;
  /** Every key that the client sent. */
  readonly frame: Readonly<Record<string, Json>>;
  /** Aborts at the deadline, when the caller has left, and when the server stops. */
  readonly signal: AbortSignal;
  /** Says something in the call's room, in the task's name. Throws when JSON cannot say it. */
  readonly say: (data: Said) => void;
}
