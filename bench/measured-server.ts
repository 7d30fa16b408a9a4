import type { ChildProcess } from 'node:child_process';
import { endChild, nextMessage, startNode } from './child.js';
import type { Contender } from './contenders.js';
import { emptyFolder } from './empty-folder.js';
import type { Reading } from './reading.js';

const METER = new URL('./cpu-meter.js', import.meta.url).href;
const START_LIMIT_MS = 20_000;
const READ_LIMIT_MS = 10_000;

/** A server in a process and an empty folder of its own. */
export class MeasuredServer {
  readonly port: number;
  /** From the start of the process to its line on standard output. */
  readonly msToListening: number;
  readonly #child: ChildProcess;
  readonly #name: string;

  private constructor(child: ChildProcess, name: string, port: number, ms: number) {
    this.#child = child;
    this.#name = name;
    this.port = port;
    this.msToListening = ms;
  }

  /** Starts the server with the meter, or plainly as anybody would. */
  static async start(contender: Contender, metered: boolean): Promise<MeasuredServer> {
    const args = metered ? ['--import', METER, ...contender.measured] : contender.plain;
    const folder = emptyFolder();
    const begun = performance.now();
    const child = startNode(args, folder, metered);
    try {
      const port = await listening(child, contender.name);
      return new MeasuredServer(child, contender.name, port, performance.now() - begun);
    } catch (error) {
      await endChild(child);
      throw error;
    }
  }

  /** What the process has used so far; `settle` collects its garbage first. */
  read(how: 'read' | 'settle'): Promise<Reading> {
    const reading = nextMessage<Reading>(this.#child, this.#name, READ_LIMIT_MS);
    this.#child.send(`bench: ${how}`);
    return reading;
  }

  end(): Promise<void> {
    return endChild(this.#child);
  }
}

/** The port in the line that a server prints when it is up. */
function listening(child: ChildProcess, name: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let out = '';
    let complaint = '';
    const fail = (why: string) => reject(new Error(`${name} ${why}: ${gist(complaint)}`));
    const timer = setTimeout(() => fail(`was not up within ${START_LIMIT_MS / 1000} s`), START_LIMIT_MS);
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      out = `${out}${text}`.slice(-10_000);
      const port = / is listening on http:\/\/[^\s:]+:(\d+)/.exec(out)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      complaint = `${complaint}${text}`.slice(-2_000);
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code} before it was up`);
    });
  });
}

/** The line of a stack trace, or of anything else on standard error, that says what the matter is. */
function gist(complaint: string): string {
  const lines = complaint.split('\n').filter((line) => line.trim() !== '');
  return lines.find((line) => /^\w*Error\b/.test(line)) ?? lines[0] ?? 'no word why';
}
