import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { TestContext } from 'node:test';
import { eventually } from '../helpers/eventually.js';
import { newFolder, program } from '../helpers/server.js';

/** A feeder that runs in a folder of its own, or in that of a server. */
export interface Feeding {
  readonly folder: string;
  readonly process: ChildProcessByStdio<Writable, null, Readable>;
  /** What it has said. */
  said(): string;
  /** Waits until it has said this. */
  untilSaid(wanted: RegExp): Promise<void>;
  /** Waits until the status file holds this number. */
  untilStatus(order: number): Promise<void>;
  /** Waits for its end: its exit code. */
  end(): Promise<number | null>;
}

/** Starts `eot-server feed`; it ends with the test. */
export async function startFeeding(t: TestContext, words: string[] = [], folder?: string): Promise<Feeding> {
  const cwd = folder ?? (await newFolder(t));
  const child = spawn(process.execPath, [program(), 'feed', ...words], {
    cwd,
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  const ended = once(child, 'close') as Promise<[number | null]>;
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  return {
    folder: cwd,
    process: child,
    said: () => said,
    untilSaid: async (wanted) => void (await eventually(() => wanted.test(said), `it says ${wanted}`)),
    untilStatus: async (order) =>
      void (await eventually(async () => (await status(cwd)) === `${order}\n`, `the status is ${order}`)),
    end: async () => (await ended)[0],
  };
}

/** What the status file of a folder holds; undefined when there is none. */
export const status = (folder: string): Promise<string | undefined> =>
  readFile(join(folder, 'status.eot'), 'utf8').catch(() => undefined);
