import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, createReadStream, openSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';

/** Raw, 9600 baud, eight bits, no parity, one stop bit, without asking a modem. */
const LINE = ['raw', '9600', 'cs8', '-parenb', '-cstopb', 'clocal', '-echo'];

const { O_NOCTTY, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;

/** What a device is read from: `lasting` when it should be opened again after its end. */
export interface Opened {
  readonly stream: Readable;
  readonly lasting: boolean;
}

/** Opens a serial device, whose line is set, a named pipe or a file. Throws when there is none, or when it cannot be read. */
export async function openDevice(path: string): Promise<Opened> {
  const kind = await stat(path);
  if (kind.isFIFO()) {
    // Opened for writing, too, it has no end when a writer goes; and without waiting, for that would hold the process at its end.
    const fd = openSync(path, O_RDWR | O_NONBLOCK);
    return { stream: new Socket({ fd, readable: true, writable: false }), lasting: true };
  }
  if (!kind.isCharacterDevice()) return { stream: createReadStream(path), lasting: false };
  const fd = openSync(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  try {
    if (!isatty(fd)) return { stream: createReadStream(path, { fd }), lasting: true };
    await setLine(path, fd);
    return { stream: new ReadStream(fd), lasting: true };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** The system's own program sets the line that is its standard input: no package of native code is needed. */
async function setLine(path: string, fd: number): Promise<void> {
  const stty = spawn('stty', LINE, { stdio: [fd, 'ignore', 'pipe'] });
  let complaint = '';
  stty.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  const [code] = (await once(stty, 'close')) as [number | null];
  if (code !== 0) throw new Error(`stty cannot set the line of ${path}: ${complaint.trim()}`);
}
