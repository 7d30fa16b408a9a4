import { ORDER, TELEGRAPH } from '../../wire/telegraph.js';
import { textFrame } from '../doors/ws-frame.js';
import type { Message } from '../rooms/message.js';

/** What a call of the dialect is known by in its answer. */
export type Deed = 'accept' | 'shutdown';

/** A message in the telegraph's text language (PROTOCOL.md, 2); null for what it has no words for. */
export function chadburnFrame({ words, place }: Message): Buffer | null {
  const { task, data, ref, error } = words;
  if (place?.room === TELEGRAPH && task === ORDER) return textFrame(String(data));
  if (ref === undefined) return null;
  if (error) return textFrame(`Refused: ${(error as { message: string }).message}`);
  return textFrame((ref as Deed) === 'accept' ? `Accepted state: ${data}` : 'Shutting down EOT Server...');
}
