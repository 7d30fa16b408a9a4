import { EotClient } from '../../client/eot-client.js';
import type { Json } from '../../wire/json.js';
import { ROLL, ROLL_CALL, type Roll } from '../../wire/telegraph.js';
import { type Labels, POSITIONS, type Position } from './positions.js';

/** Hears who has acknowledged what, over the JSON language: the telegraph's own knows no such frame. */
export function hearRolls(url: string, called: (roll: Roll) => void): void {
  const client = new EotClient({ url, room: ROLL_CALL });
  const take = (data: Json) => called(data as unknown as Roll);
  client.subscribe(ROLL, ({ data }) => take(data));
  client.on('state', (state) => {
    if (state !== 'open') return;
    // What fails now is asked again with the next connection.
    client.ask(ROLL).then(take, () => undefined);
  });
}

/** How many have answered with a position. */
function countOf({ by }: Roll, position: Position): number {
  return by.filter((one) => one.position === position).length;
}

/** Who has answered with what, a line for each position: first that of the order, then from left to right. */
export function linesOf(roll: Roll, labels: Labels): string[] {
  const places = POSITIONS.filter((position) => countOf(roll, position) > 0);
  places.sort((a, b) => Number(b === roll.order) - Number(a === roll.order));
  return places.map((position) => `${labels[position]}: ${namesAt(roll, position)}`);
}

function namesAt({ by }: Roll, position: Position): string {
  const there = by.filter((one) => one.position === position);
  const names = there.flatMap(({ name }) => name ?? []);
  const nameless = there.length - names.length;
  if (nameless > 0) names.push(nameless === 1 ? 'one visitor' : `${nameless} visitors`);
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
