import { type Position, readPosition } from './positions.js';

/** What a frame of the telegraph's text language means to a panel. PROTOCOL.md, section 2, has the words. */
export type Frame =
  | { kind: 'startup'; position: Position }
  | { kind: 'order'; position: Position }
  | { kind: 'accepted'; position: Position }
  | { kind: 'refused'; reason: string }
  | { kind: 'leaving' }
  | { kind: 'talk' };

const STARTUP = '&1';
const ACCEPTED = 'Accepted state: ';
const REFUSED = 'Refused: ';
const LEAVING = 'EOT Server is shutting down.';

/** Reads one frame. What it does not know is talk, and talk moves nothing. */
export function readFrame(text: string): Frame {
  if (text === LEAVING) return { kind: 'leaving' };
  if (text.startsWith(REFUSED)) return { kind: 'refused', reason: text.slice(REFUSED.length) };
  if (text.startsWith(ACCEPTED)) return positioned('accepted', text.slice(ACCEPTED.length));
  if (text.endsWith(STARTUP)) return positioned('startup', text.slice(0, -STARTUP.length));
  return positioned('order', text);
}

/** The words that acknowledge a position. */
export function acceptance(position: Position): string {
  return `Accept&${position}`;
}

function positioned(kind: 'startup' | 'order' | 'accepted', text: string): Frame {
  const position = readPosition(text);
  return position === undefined ? { kind: 'talk' } : { kind, position };
}
