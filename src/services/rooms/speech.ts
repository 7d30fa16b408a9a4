import type { Json } from '../../wire/json.js';

/** To whom something is said. When several are named, room goes before users, users before all, all before cid. */
export interface Target {
  room?: string;
  /** Ids of users: every connection of each. */
  users?: readonly (string | number)[];
  /** Everybody. */
  all?: true;
  /** One connection. */
  cid?: string;
}

/** Something to be said, in a task's name. */
export interface Speech extends Target {
  task: string;
  data: Json;
}
