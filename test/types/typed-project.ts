import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { TestContext } from 'node:test';
import { newFolder, root } from '../helpers/server.js';

const compiler = join(dirname(createRequire(import.meta.url).resolve('tsc7/package.json')), 'bin', 'tsc');

export const NODE_NEXT = {
  module: 'NodeNext',
  moduleResolution: 'NodeNext',
  types: ['node'],
  skipLibCheck: true,
};

/** A project of a user's own, in which the package is installed. */
export async function newProject(t: TestContext, compilerOptions: object): Promise<string> {
  const folder = await newFolder(t);
  await mkdir(join(folder, 'node_modules', '@types'), { recursive: true });
  await symlink(root, join(folder, 'node_modules', 'eot-server'));
  for (const name of ['zod', 'ws', '@types/node'])
    await symlink(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const options = { target: 'ES2022', strict: true, noEmit: true, ...compilerOptions };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
  return folder;
}

/** What the compiler finds wrong, a line each. */
export function faults(folder: string): Promise<string[]> {
  return new Promise((resolve) =>
    execFile(process.execPath, [compiler, '-p', folder], (_, out) =>
      resolve(out.split('\n').filter((line) => line !== '')),
    ),
  );
}
