import { register } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { ask, channel, type HooksData } from './hooks-line.js';
import type { UsersModules } from './module-graph.js';
import { packageFile } from './package-file.js';

// The hooks are the thread's, and there for as long as it lives.
let line: MessagePort | undefined;

/** From now on this thread imports TypeScript as it is; doing it again does nothing. */
export function registerTypeScript(): void {
  line ??= hook();
}

/**
 * Imports a module of the user's: TypeScript with its decorators, without a build step, or JavaScript.
 * @param modules what another thread has loaded: those modules are the same here, whatever the files hold by now
 */
export async function importUsers(url: string, modules?: UsersModules): Promise<Record<string, unknown>> {
  line ??= hook(modules);
  return import(url) as Promise<Record<string, unknown>>;
}

/** The user's modules that changed since they were loaded, to be imported anew. */
export interface Renewal {
  /** The URLs of the files that have changed. */
  readonly changed: readonly string[];
  /** Those among them that Node cannot take anew: they are of the older module format. */
  readonly lasting: readonly string[];
  /** From now on they are what they are now. */
  keep(): Promise<void>;
  /** From now on they are what they were before. */
  drop(): Promise<void>;
}

/** Makes the next import of each changed module, and of whatever imports it, a new one. Keep or drop it before the next. */
export async function renewUsers(): Promise<Renewal> {
  // Whoever has loaded nothing of the user's yet has nothing to renew; this reload may be the first to load something.
  const { changed, lasting } = line ? await ask(line, 'renew') : { changed: [], lasting: [] };
  const settle = async (how: 'keep' | 'drop'): Promise<void> => void (line && (await ask(line, how)));
  return { changed, lasting, keep: () => settle('keep'), drop: () => settle('drop') };
}

/** The user's modules as they are now, for another thread. */
export async function usersModules(): Promise<UsersModules> {
  return line ? ask(line, 'modules') : new Map();
}

/** The files of the user's modules, also of those that were tried last and dropped. */
export async function usersFiles(): Promise<string[]> {
  return line ? (await ask(line, 'urls')).map((url) => fileURLToPath(url)) : [];
}

/** Why the user's modules cannot be read, in the words of esbuild, which names the file: Node does not. */
export async function usersFlaw(): Promise<string | undefined> {
  return line && ask(line, 'flaw');
}

function hook(modules?: UsersModules): MessagePort {
  const { port1, port2 } = channel();
  register(pathToFileURL(packageFile('dist', 'typescript-hooks.js')), {
    data: { modules, line: port2 } satisfies HooksData,
    transferList: [port2],
  });
  // The user's errors name the user's lines.
  process.setSourceMapsEnabled(true);
  port1.unref();
  return port1;
}
