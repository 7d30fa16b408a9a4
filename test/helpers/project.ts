import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { talk } from './control.js';
import { newFolder, type ServerOptions, startServer, type TestServer } from './server.js';

/** A server on files of a user's own, which may lie in folders, and be changed while it runs. */
export interface Project extends TestServer {
  /** Writes one of its files. */
  write(name: string, text: string): Promise<void>;
  /** What `reload` answers, line by line; a refusal is one line that begins with `error: `. */
  reload(): Promise<string[]>;
}

/** Starts a server in a new folder with these files. */
export async function startProject(
  t: TestContext,
  files: Record<string, string>,
  options: ServerOptions = {},
): Promise<Project> {
  const folder = await newFolder(t);
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(files)) await write(name, text);
  const server = await startServer(t, { ...options, folder });
  const reload = async (): Promise<string[]> => {
    const answer = await talk(join(folder, 'interface.sock'), 'reload');
    return answer.slice(0, answer.indexOf('#!#')).split('\n').slice(0, -1);
  };
  return { ...server, write, reload };
}
