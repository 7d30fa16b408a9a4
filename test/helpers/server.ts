import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { TestContext } from 'node:test';

/** The package's root, from build/test/helpers. */
export const root = join(import.meta.dirname, '..', '..', '..');

/** One of the three programs. */
export const program = (name = 'eot-server'): string => join(root, 'dist', 'bin', `${name}.js`);

export interface ServerOptions {
  /** Words behind `start --port 0`. */
  args?: string[];
  /** The text of a settings file of one's own. */
  settings?: string;
  /** Other files to lie in the folder, by name. */
  files?: Record<string, string>;
  /** The folder of an earlier server. */
  folder?: string;
  port?: number;
  /** Another program than that of the repository. */
  program?: string;
  env?: Record<string, string>;
}

/** A real server in its own folder and process; ended with the test. */
export interface TestServer {
  readonly url: string;
  readonly port: number;
  readonly folder: string;
  readonly process: ChildProcess;
  readonly pid: number;
  /** The path of a file in its folder. */
  file(name: string): string;
  /** What it has written to standard output. */
  printed(): string;
  /** What it has written to standard error. */
  errors(): string;
  /** Runs one of the programs in its folder. */
  command(words: string[], program?: string): Promise<Outcome>;
  /** Sends a signal and waits for the end: its exit code, or the signal that ended it. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals>;
}

export interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

/** A new folder that is removed with the test. */
export async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'eot-'));
  t.after(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/** Starts a server and waits until it listens; rejects with what it said when it ended before. */
export async function startServer(t: TestContext, options: ServerOptions = {}): Promise<TestServer> {
  const folder = options.folder ?? (await newFolder(t));
  for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(folder, name), text);
  if (options.settings !== undefined) await writeFile(join(folder, 'settings.ts'), options.settings);
  const words = [
    options.program ?? program(),
    'start',
    '--port',
    String(options.port ?? 0),
    ...(options.args ?? []),
  ];
  const child = spawn(process.execPath, words, {
    cwd: folder,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  t.after(() => child.kill('SIGKILL'));
  let [printed, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  const line = once(createInterface(child.stdout), 'line') as Promise<[string]>;
  const [said] = await Promise.race([
    line,
    ended.then(([code]) => Promise.reject(new Error(`ended with ${code}: ${errors}`))),
  ]);
  const url = said.replace(/^eot-server is listening on /, '');
  const { pid = 0 } = child;
  return {
    url,
    port: Number(new URL(url).port),
    folder,
    process: child,
    pid,
    file: (name) => join(folder, name),
    printed: () => printed,
    errors: () => errors,
    command: (words, name) => run(folder, words, name),
    end: async (signal) => {
      if (signal) child.kill(signal);
      const [code, by] = await ended;
      return code ?? by ?? 0;
    },
  };
}

/** Runs one of the programs to its end. */
export async function run(folder: string, words: string[], name?: string): Promise<Outcome> {
  const child = spawn(process.execPath, [program(name), ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
