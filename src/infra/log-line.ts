import { inspect } from 'node:util';
import type { About, Entry } from './logger.js';

/** Time, level, module and message, parted by tabs, and whom it is about; the cause's stack below. */
export function textLine({ time, level, module, message, cause, about }: Entry): string {
  const stack = cause === undefined ? '' : `\n  ${inspect(cause).replaceAll('\n', '\n  ')}`;
  // What came from outside must not be able to forge a line of its own.
  const told = `${message}${about ? subject(about) : ''}`.replace(/[\r\n]+/g, '⏎');
  return `${time.toISOString()}\t${level}\t${module}\t: ${told}${stack}`;
}

/** The same as one object of JSON, without a line feed in it. */
export function jsonLine({ time, level, module, message, cause, about }: Entry): string {
  const stack = cause === undefined ? {} : { cause: inspect(cause) };
  return JSON.stringify({ time: time.toISOString(), level, module, message, ...about, ...stack });
}

function subject({ cid, task }: About): string {
  return ` (${task === undefined ? '' : `task ${task}, `}cid ${cid})`;
}
