import { setTimeout as pause } from 'node:timers/promises';
import { errorFrom } from '../../infra/error-from.js';
import type { LineCutter } from './line-cutter.js';
import { openDevice } from './open-device.js';

/** The waits before a device is opened again, in milliseconds; each is twice the former until something was read. */
const FIRST = 100;
const LONGEST = 2_000;

/**
 * Reads a device for good, and opens it again when it is unplugged or not there yet; a plain file is read to its end. `say` is told
 * what happens, each thing once.
 */
export async function readDevice(
  path: string,
  lines: LineCutter,
  say: (sentence: string) => void,
): Promise<void> {
  let said = '';
  const once = (sentence: string): void => {
    if (sentence !== said) say(sentence);
    said = sentence;
  };
  for (let wait = FIRST; ; wait = Math.min(LONGEST, wait * 2)) {
    try {
      const { stream, lasting } = await openDevice(path);
      once(`${path} is read`);
      for await (const bytes of stream) {
        lines.take(bytes as Buffer);
        wait = FIRST;
      }
      if (!lasting) return;
      once(`${path} has ended: it is opened again when it is there`);
    } catch (error) {
      once(`${path} cannot be read: it is opened again when it can (${errorFrom(error).message})`);
    }
    lines.drop();
    await pause(wait);
  }
}
