import { chmod, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { codeOf } from '../../infra/error-from.js';

/**
 * Makes the status file say a position, in one step: whoever reads it meanwhile finds the old one whole. It keeps its rights, and is
 * left alone when it says so already. Throws when it cannot be written.
 */
export async function writeStatus(file: string, position: number): Promise<void> {
  const text = `${position}\n`;
  const there = await known(file);
  if (there && there.size === text.length && (await readFile(there.path, 'utf8')) === text) return;
  const target = there?.path ?? file;
  const draft = join(dirname(target), `.${basename(target)}.${process.pid}`);
  try {
    await writeFile(draft, text);
    if (there) await chmod(draft, there.mode);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** The file that a link means; undefined when there is none yet. */
async function known(file: string): Promise<{ path: string; size: number; mode: number } | undefined> {
  try {
    const path = await realpath(file);
    const { size, mode } = await stat(path);
    return { path, size, mode };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}
