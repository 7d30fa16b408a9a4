import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { packageFile } from './package-file.js';

let registered = false;

/** From now on this thread imports TypeScript as it is; doing it again does nothing. */
export function registerTypeScript(): void {
  if (registered) return;
  registered = true;
  register(pathToFileURL(packageFile('dist', 'typescript-hooks.js')));
  // The user's errors name the user's lines.
  process.setSourceMapsEnabled(true);
}

/** Imports a module of the user's: TypeScript with its decorators, without a build step, or JavaScript. */
export async function importUsers(url: string): Promise<Record<string, unknown>> {
  registerTypeScript();
  return import(url) as Promise<Record<string, unknown>>;
}
