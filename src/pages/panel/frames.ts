import { type Position, readPosition } from './positions.js';
import type { Station } from './stations.js';

/** What a frame of the telegraph's text language means to a panel. PROTOCOL.md, section 2, has the words. */
export type Frame =
  | { kind: 'startup'; position: Position }
  | { kind: 'order'; position: Position }
  | { kind: 'answer'; position: Position }
  | { kind: 'refused'; reason: string }
  | { kind: 'leaving' }
  | { kind: 'talk' };

const STARTUP = '&1';
const ANSWER = '&3';
const REFUSED = 'Refused: ';
const LEAVING = 'EOT Server is shutting down.';

/** Reads one frame. What it does not know is talk, and talk moves nothing. */
export function readFrame(text: string): Frame {
  if (text === LEAVING) return { kind: 'leaving' };
  if (text.startsWith(REFUSED)) return { kind: 'refused', reason: text.slice(REFUSED.length) };
  if (text.endsWith(STARTUP)) return positioned('startup', text.slice(0, -STARTUP.length));
  if (text.endsWith(ANSWER)) return positioned('answer', text.slice(0, -ANSWER.length));
  return positioned('order', text);
}

/** What a panel says when a sector is pressed: a bridge orders, everybody else acknowledges. */
export function pressing(station: Station, position: Position): string {
  return `${station === 'bridge' ? 'Broadcast' : 'Accept'}&${position}`;
}

function positioned(kind: 'startup' | 'order' | 'answer', text: string): Frame {
  const position = readPosition(text);
  return position === undefined ? { kind: 'talk' } : { kind, position };
}
