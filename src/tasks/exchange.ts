import type { Logger } from '../infra/logger.js';
import { Refusal } from '../services/calls/refusal.js';
import type { RoomHandler } from '../services/rooms/room-handler.js';
import type { Json } from '../wire/json.js';
import { positionOf, TELEGRAPH } from '../wire/telegraph.js';

/** The position that a call is about; throws a Refusal when it names none. */
export function positionIn(data: Json): number {
  const position = positionOf(String(data));
  if (position === undefined) throw new Refusal('bad-data', 'a state is a number from 1 to 11');
  return position;
}

/** Says a position to every panel, when the caller, who is answered first, has its answer. */
export function sayNext(rooms: RoomHandler, log: Logger, task: string, position: number): void {
  Promise.resolve()
    .then(() => rooms.say({ room: TELEGRAPH, task, data: position }))
    .catch((error: unknown) => log.error(`${task} ${position} could not be said`, error));
}
