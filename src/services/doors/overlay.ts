import { TRACE_STEP } from '../../wire/operations.js';
import type { Message } from '../rooms/message.js';
import type { Trace } from '../rooms/trace.js';
import { textOf } from './ws-frame.js';

/** The part of a web socket's client that frames go through. */
interface Line {
  hear(text: string): void;
  hearBinary(): void;
  send(message: Message): void;
}

/**
 * Lays listening methods over those of one client, or takes them off: whoever is not followed is never asked
 * whether it is, so that a message to thousands costs nothing more.
 */
export function overlay(
  line: Line,
  trace: Trace | undefined,
  frameOf: (message: Message) => Buffer | null,
): void {
  for (const name of ['hear', 'hearBinary', 'send']) Reflect.deleteProperty(line, name);
  if (!trace) return;
  const { hear, hearBinary, send } = line;
  line.hear = (text) => {
    trace.step('socket', `→ ${withoutSecret(text)}`);
    hear.call(line, text);
  };
  line.hearBinary = () => {
    trace.step('socket', '→ a binary frame');
    hearBinary.call(line);
  };
  line.send = (message) => {
    send.call(line, message);
    // Who follows somebody who follows them would never come to an end.
    if (message.words.task === TRACE_STEP) return;
    const frame = frameOf(message);
    if (frame) trace.step('socket', `← ${textOf(frame)}`);
  };
}

/** What proves who one is must not be read by who follows. */
function withoutSecret(text: string): string {
  let secret = false;
  try {
    const shown = JSON.stringify(JSON.parse(text), (key, value) => {
      if (key !== 'session_id') return value;
      secret = true;
      return '…';
    });
    return secret ? shown : text;
  } catch {
    return /^\s*[{[]/.test(text) ? `${text.length} characters that are no JSON` : text;
  }
}
