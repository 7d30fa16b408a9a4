import type { Json } from '../wire/json.js';
import { EotError } from './eot-error.js';

/** What is said in a room, or to you (PROTOCOL.md 1.3). Without `room` it was not said in one. */
export interface Message<Data = Json> {
  task: string;
  data: Data;
  room?: string;
  /** Counts the messages of the room, from 1. */
  offset?: number;
}

/** The one answer to a call or hello with this `ref` (PROTOCOL.md 1.2). */
export interface Answer {
  ref: Json;
  result: Json | EotError;
}

/** A frame of the server: an answer, a message, an error that answers nothing, or a kind that is not known yet. */
export type Incoming = { answer: Answer } | { message: Message } | { error: EotError } | undefined;

/** Reads one frame; what is not an object in JSON is an error `bad-frame`. */
export function read(text: unknown): Incoming {
  const frame = parse(text);
  if (!isObject(frame))
    return { error: new EotError('bad-frame', `not a JSON object: ${String(text).slice(0, 80)}`) };
  const { ref, task, error, data = null } = frame;
  const failure = isObject(error) ? told(error, task) : undefined;
  if (ref !== undefined) return { answer: { ref, result: failure ?? data } };
  if (failure) return { error: failure };
  // Frames with other keys than ours are for clients of another time, not mistakes.
  return typeof task === 'string' ? { message: { ...frame, task, data } } : undefined;
}

function parse(text: unknown): Json {
  try {
    return typeof text === 'string' ? (JSON.parse(text) as Json) : null;
  } catch {
    return null;
  }
}

function isObject(value: Json | undefined): value is { [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function told(error: { [key: string]: Json }, task: Json = error.task ?? null): EotError {
  return new EotError(String(error.code), String(error.message), typeof task === 'string' ? task : undefined);
}
