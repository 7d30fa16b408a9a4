import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { packageFile } from '../src/infra/package-file.js';

/** Packing leaves out a file of this name, so that the template has another. */
const HIDDEN = new Map([['gitignore', '.gitignore']]);

/** Writes a small project into a folder, which is made when it is not there; throws when one of its files is there already. */
export async function init(folder: string): Promise<void> {
  const template = packageFile('templates', 'project');
  const entries = await readdir(template, { recursive: true, withFileTypes: true });
  const sources = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const files = sources.map((source) => ({ source, name: nameOf(relative(template, source)) }));
  const there = files.map(({ name }) => name).filter((name) => existsSync(join(folder, name)));
  if (there.length > 0)
    throw new Error(`${folder} has ${there.sort().join(', ')} already: name a folder that is new or empty`);
  for (const { source, name } of files) {
    const target = join(folder, name);
    await mkdir(dirname(target), { recursive: true });
    const text = await readFile(source, 'utf8');
    await writeFile(target, name === 'package.json' ? await named(text, folder) : text, { flag: 'wx' });
  }
  process.stdout.write(
    `${files.length} files are written to ${folder}; next: ${next(folder).join(' && ')}\n`,
  );
}

function nameOf(file: string): string {
  return HIDDEN.get(file) ?? file;
}

/** The project has its folder's name, and needs the version that wrote it. */
async function named(text: string, folder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(packageFile('package.json'), 'utf8')) as { version: string };
  const project = JSON.parse(text) as { name: string; dependencies: Record<string, string> };
  const name = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (name) project.name = name;
  project.dependencies['eot-server'] = `^${version}`;
  return `${JSON.stringify(project, undefined, 2)}\n`;
}

/** What a person types now. */
function next(folder: string): string[] {
  const enter =
    resolve(folder) === process.cwd() ? [] : [`cd ${/^[\w./-]+$/.test(folder) ? folder : `'${folder}'`}`];
  return [...enter, ...install(folder), 'npm test', 'npm start'];
}

/** How the package comes into reach of the folder's files, if it is not: a clone has to be linked. */
function install(folder: string): string[] {
  try {
    createRequire(resolve(folder, 'settings.ts')).resolve('eot-server/package.json');
    return [];
  } catch {
    return [packageFile().includes('node_modules') ? 'npm install' : 'npm link eot-server'];
  }
}
