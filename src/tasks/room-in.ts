import { Refusal } from '../services/calls/refusal.js';
import { isRoom, LONGEST_ROOM } from '../wire/frame.js';
import type { Json } from '../wire/json.js';

/** The room that `{"room": …}` names; throws a Refusal when it names none. */
export function roomIn(data: Json): string {
  const room = typeof data === 'object' && data !== null && !Array.isArray(data) ? data.room : undefined;
  if (!isRoom(room)) throw new Refusal('bad-data', `room: must be a name of 1 to ${LONGEST_ROOM} characters`);
  return room;
}
