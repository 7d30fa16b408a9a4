import { register } from 'node:module';
import { pathToFileURL } from 'node:url';
import { packageFile } from './package-file.js';

const TYPESCRIPT = /\.m?ts$/;
let registered = false;

/** Imports a module of the user's: JavaScript, or TypeScript with its decorators, without a build step. */
export async function importUsers(url: string): Promise<Record<string, unknown>> {
  if (TYPESCRIPT.test(url) && !registered) {
    registered = true;
    register(pathToFileURL(packageFile('dist', 'typescript-hooks.js')));
  }
  return import(url) as Promise<Record<string, unknown>>;
}
