import { basename, dirname, resolve } from 'node:path';
import { errorFrom } from './error-from.js';
import type { Lifetime } from './lifetime.js';
import { SETTINGS_NAMES } from './load-settings.js';
import type { Reloader } from './reloader.js';
import { usersFiles } from './typescript.js';

/** Who saves several files saves them within so many milliseconds. */
const SETTLE = 50;
/** What a module may be written in. */
const CODE = /\.(?:[cm]?[jt]s|json)$/;

/** Reloads whenever one of the user's modules changes, until the server ends; says what it does. Resolves when it watches. */
export async function watchModules(
  reloader: Reloader,
  { ended }: Lifetime,
  say: (line: string) => void,
): Promise<void> {
  const { watch } = await import('chokidar');
  let files = new Set<string>();
  let broken = false;
  let soon: NodeJS.Timeout | undefined;
  const foldersOf = async (): Promise<string[]> => {
    files = new Set(await usersFiles());
    return [...new Set([process.cwd(), ...[...files].map(dirname)])];
  };
  // Folders are watched, for a file that is replaced is another file.
  const folders = await foldersOf();
  const watcher = watch(folders, {
    depth: 0,
    ignoreInitial: true,
    ignored: (path, stats) => stats?.isFile() === true && !CODE.test(path),
  });
  const reload = async (): Promise<void> => {
    try {
      for (const line of await reloader.reload()) say(line);
      broken = false;
    } catch (error) {
      say(`not reloaded: ${errorFrom(error).message}`);
      broken = true;
    }
    watcher.add(await foldersOf());
  };
  watcher.on('all', (_, path) => {
    const file = resolve(path);
    // What is broken may be mended by a file that nobody knows yet.
    if (!files.has(file) && !broken && !SETTINGS_NAMES.includes(basename(file))) return;
    clearTimeout(soon);
    soon = setTimeout(() => void reload(), SETTLE);
  });
  watcher.on('error', (error) => say(`the files cannot be watched: ${errorFrom(error).message}`));
  await new Promise<void>((ready) => watcher.once('ready', ready));
  say(`it watches ${files.size} files and reloads when one changes`);
  void ended.then(() => {
    clearTimeout(soon);
    return watcher.close();
  });
}
