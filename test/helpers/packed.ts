import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';
import { promisify } from 'node:util';
import { root } from './server.js';

const run = promisify(execFile);

interface Manifest {
  bin: Record<string, string>;
  dependencies: Record<string, string>;
}

/** Beside its dependencies, for what a project's own package.json wants. */
const TYPES = '@types/node';

let packed: Promise<string> | undefined;
after(async () => packed && rm(await packed, { recursive: true, force: true }));

/** A folder in which the packed tarball is installed, as npm does it, but its dependencies are links to those of the repository. */
function installedFolder(): Promise<string> {
  packed ??= install();
  return packed;
}

async function install(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'eot-packed-'));
  const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
    cwd: root,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'eot-server');
  await mkdir(join(modules, '.bin'), { recursive: true });
  await mkdir(own);
  await run('tar', ['-xzf', join(folder, filename), '-C', own, '--strip-components=1']);
  const { bin, dependencies } = JSON.parse(await readFile(join(own, 'package.json'), 'utf8')) as Manifest;
  for (const name of [...Object.keys(dependencies), TYPES]) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(root, 'node_modules', name), join(modules, name));
  }
  for (const [name, file] of Object.entries(bin)) await symlink(join(own, file), join(modules, '.bin', name));
  return folder;
}

/** The program `eot-server` of the tarball. */
export async function packedProgram(): Promise<string> {
  return join(await installedFolder(), 'node_modules', '.bin', 'eot-server');
}

/** Runs a shell text in a folder beneath, with the package's programs on its path; what it printed. Rejects when it fails. */
export async function shell(folder: string, text: string, env: Record<string, string> = {}): Promise<string> {
  const bins = join(await installedFolder(), 'node_modules', '.bin');
  // The runner marks its own processes, and a runner in one of them would not run by itself.
  const { NODE_TEST_CONTEXT: _, ...rest } = process.env;
  const own = { ...rest, PATH: `${bins}:${process.env.PATH}`, ...env };
  return (await run('sh', ['-ec', text], { cwd: folder, env: own })).stdout;
}

/** A new folder in which the package is installed; removed with the file's last test. */
export async function folderBeneath(): Promise<string> {
  return mkdtemp(join(await installedFolder(), 'project-'));
}
