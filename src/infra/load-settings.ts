import { existsSync, realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { errorFrom } from './error-from.js';
import { withoutVersions } from './module-graph.js';
import { packageFile } from './package-file.js';
import { checkSettings, type Settings } from './settings.js';
import { importUsers, usersFlaw } from './typescript.js';

/** The names under which settings are looked for in the working folder, the first that is there. */
export const SETTINGS_NAMES = ['settings.ts', 'settings.mts', 'settings.js', 'settings.mjs'];

/** What the command line says of the settings. */
export type Given = Partial<Omit<Settings, 'log'>> & { log?: Partial<Settings['log']> };

/**
 * Loads the settings: from `file`, else from the working folder, else those of the package; what was `given`
 * on the command line wins. Throws a sentence that names the file and its fault.
 */
export async function loadSettings(file: string | undefined, given: Given = {}): Promise<Settings> {
  const found = file ?? settingsFile();
  const path = found === undefined ? packageFile('settings.ts') : resolve(found);
  if (!existsSync(path) && found)
    throw new Error(`there is no settings file ${found}: name one with --settings`);
  const name = found ?? 'the default settings';
  const settings = await exportOf(path, name);
  if (typeof settings !== 'object' || settings === null)
    throw new Error(`${name} has no default export: end it with "export default { services: […], … }"`);
  const { log, ...rest } = given;
  const merged = { ...settings, ...rest, ...(log ? { log: { ...(settings as Given).log, ...log } } : {}) };
  return checkSettings(merged, name);
}

/** The settings file of the working folder, when there is one. */
export function settingsFile(): string | undefined {
  return SETTINGS_NAMES.find((name) => existsSync(name));
}

async function exportOf(path: string, name: string): Promise<unknown> {
  try {
    const { default: settings } = await (isOurs(path) ? importOurs() : importUsers(pathToFileURL(path).href));
    return settings;
  } catch (error) {
    const flaw = error instanceof SyntaxError ? await usersFlaw() : undefined;
    const stack = error instanceof Error ? error.stack : undefined;
    const why = told(flaw ?? errorFrom(error).message, stack);
    throw new Error(`${name} cannot be loaded: ${why}`, { cause: error });
  }
}

/** Whether these are the settings that come with the package. */
function isOurs(path: string): boolean {
  const ours = packageFile('settings.ts');
  return path === ours || (existsSync(ours) && realpathSync(path) === realpathSync(ours));
}

/** Compiled already: nothing of TypeScript is loaded for it. */
function importOurs(): Promise<Record<string, unknown>> {
  return import(pathToFileURL(packageFile('dist', 'settings.js')).href);
}

/** What went wrong in one line, its paths from the working folder; the place is added where the message has none. */
function told(message: string, stack = ''): string {
  const users = stack.split('\n').filter((line) => !line.includes(packageFile('dist')));
  const [place] = /(?:file:\/\/)?\/[^\s()]+\.[cm]?[jt]s(?:\?eot=\d+)?:\d+/.exec(users.join('\n')) ?? [];
  const lines = message.split('\n').slice(0, 3).join(' ');
  const text = place === undefined || lines.includes('/') ? lines : `${lines} (${place})`;
  return withoutVersions(text)
    .replaceAll('file://', '')
    .replaceAll(`${process.cwd()}/`, '')
    .replaceAll(`${relative('/', process.cwd())}/`, '');
}
