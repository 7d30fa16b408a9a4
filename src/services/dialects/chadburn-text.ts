import type { Json } from '../../wire/json.js';
import { ANSWER, ORDER, TELEGRAPH } from '../../wire/telegraph.js';
import { textFrame } from '../doors/ws-frame.js';
import type { Message } from '../rooms/message.js';

/** What a call of the dialect is known by in its answer. */
export type Deed = keyof typeof DONE;

/** How a deed is acknowledged to the one who did it. */
const DONE = {
  accept: (data: Json) => `Accepted state: ${data}`,
  broadcast: (data: Json) => `Send state: ${data}`,
  shutdown: () => 'Shutting down EOT Server...',
};

/** A message in the telegraph's text language (PROTOCOL.md, 2); null for what it has no words for. */
export function chadburnFrame({ words, place }: Message): Buffer | null {
  const { task, data, ref, error } = words;
  if (place?.room === TELEGRAPH && task === ORDER) return textFrame(String(data));
  if (place?.room === TELEGRAPH && task === ANSWER) return textFrame(`${data}&3`);
  if (ref === undefined) return null;
  if (error) return textFrame(`Refused: ${(error as { message: string }).message}`);
  return textFrame(DONE[ref as Deed](data ?? null));
}
