import { resolve } from 'node:path';
import { loadSettings } from '../src/infra/load-settings.js';
import { Feeder } from '../src/services/telegraph/feeder.js';
import { LineCutter } from '../src/services/telegraph/line-cutter.js';
import { readDevice } from '../src/services/telegraph/read-device.js';
import { given, type Options } from './options.js';

/** Drives the status file with a number a line, from a serial device, a pipe, or with `-` from standard input to its end. */
export async function feed(device: string, options: Options): Promise<void> {
  const { statusFile } = await loadSettings(options.settings, given(options));
  const say = (sentence: string): void => void process.stderr.write(`eot-server: ${sentence}\n`);
  const feeder = new Feeder(resolve(statusFile), say);
  const lines = new LineCutter((line) => feeder.feed(line));
  if (device === '-') for await (const bytes of process.stdin) lines.take(bytes as Buffer);
  else await readDevice(device, lines, say);
  lines.end();
  await feeder.end();
}
