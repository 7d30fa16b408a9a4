import type { Json } from './json.js';

/** What pairs an answer with its call: chosen by the client. */
type Ref = string | number;

/** The first frame of a connection: it names a room (PROTOCOL.md, 1.1). */
export interface Hello {
  kind: 'hello';
  ref: Ref | undefined;
  room: string;
  sessionId: string | undefined;
}

/** A call of a task (PROTOCOL.md, 1.2). */
export interface Call {
  kind: 'call';
  ref: Ref | undefined;
  task: string;
  data: Json;
  /** Every key that the client sent. */
  frame: Readonly<Record<string, Json>>;
}

/** A frame that is neither, and why. */
export interface Flaw {
  kind: 'flaw';
  ref: Ref | undefined;
  task: string | undefined;
  message: string;
}

/** The deepest nesting of a frame. */
const DEEPEST = 32;
/** The longest name of a room, in characters. */
export const LONGEST_ROOM = 1_024;
const LONGEST_TASK = 128;
const LONGEST_REF = 128;

/** Reads a client's text frame. Never throws: what cannot be read is a flaw. */
export function readFrame(text: string): Hello | Call | Flaw {
  if (tooDeep(text)) return flaw(`a frame is nested at most ${DEEPEST} deep`);
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return flaw('a frame is a JSON object, this is no JSON');
  }
  if (typeof frame !== 'object' || frame === null || Array.isArray(frame))
    return flaw('a frame is a JSON object');
  return readObject(frame as Record<string, Json>);
}

function readObject(frame: Record<string, Json>): Hello | Call | Flaw {
  const { ref } = frame;
  if (!isRef(ref)) return flaw(`ref is a number, or a string of at most ${LONGEST_REF} characters`);
  if (!Object.hasOwn(frame, 'task')) return readHello(frame, ref);
  const { task, data = null } = frame;
  if (typeof task !== 'string' || task.length > LONGEST_TASK)
    return flaw(`task is the name of a task, at most ${LONGEST_TASK} characters`, ref);
  return { kind: 'call', ref, task, data, frame };
}

function readHello(frame: Record<string, Json>, ref: Ref | undefined): Hello | Flaw {
  const { room, session_id: session } = frame;
  if (!isRoom(room)) return flaw(`the hello names a room of 1 to ${LONGEST_ROOM} characters`, ref);
  return { kind: 'hello', ref, room, sessionId: typeof session === 'string' ? session : undefined };
}

/** Whether this can be the name of a room. */
export function isRoom(name: unknown): name is string {
  return typeof name === 'string' && name.length > 0 && name.length <= LONGEST_ROOM;
}

function isRef(ref: unknown): ref is Ref | undefined {
  return ref === undefined || Number.isFinite(ref) || (typeof ref === 'string' && ref.length <= LONGEST_REF);
}

function flaw(message: string, ref?: Ref, task?: string): Flaw {
  return { kind: 'flaw', ref, task, message };
}

/** Looks at brackets outside strings, unless the text has too few of them anyway. */
function tooDeep(text: string): boolean {
  if (text.length <= 2 * DEEPEST || fewBrackets(text)) return false;
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > DEEPEST) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}

function fewBrackets(text: string): boolean {
  let found = 0;
  for (const bracket of ['{', '['])
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1))
      if (++found > DEEPEST) return false;
  return true;
}
