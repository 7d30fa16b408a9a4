import { access, readFile } from 'node:fs/promises';
import type { LoadHook, ResolveHook } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from 'esbuild';
import { packageFile } from './package-file.js';

const TYPESCRIPT = /\.m?ts$/;

/** The package's own name means the package that runs, wherever the user's file lies: one class, one identity. */
const OURS = new Map([
  ['eot-server', packageFile('dist', 'index.js')],
  ['eot-server/testing', packageFile('dist', 'testing.js')],
  ['eot-server/client', packageFile('dist', 'client.js')],
]);

/** Finds `x.ts` where the source says `./x.js` or `./x`, as TypeScript does. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const ours = OURS.get(specifier);
  if (ours) return { url: pathToFileURL(ours).href, shortCircuit: true };
  if (/^\.{0,2}\//.test(specifier) && TYPESCRIPT.test(context.parentURL ?? '')) {
    for (const candidate of candidates(new URL(specifier, context.parentURL).href))
      if (await exists(candidate)) return { url: candidate, shortCircuit: true };
  }
  return next(specifier, context);
};

/** Turns TypeScript into a module, whatever the nearest package.json says of its kind. */
export const load: LoadHook = async (url, context, next) => {
  if (!TYPESCRIPT.test(new URL(url).pathname)) return next(url, context);
  const file = fileURLToPath(url);
  const { code } = await transform(await readFile(file, 'utf8'), {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    sourcefile: file,
    sourcemap: 'inline',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: true } },
  });
  return { format: 'module', source: code, shortCircuit: true };
};

function candidates(url: string): string[] {
  if (/\.m?js$/.test(url)) return [url, url.replace(/js$/, 'ts')];
  return /\.\w+$/.test(url) ? [] : [`${url}.ts`, `${url}/index.ts`];
}

async function exists(url: string): Promise<boolean> {
  return access(fileURLToPath(url)).then(
    () => true,
    () => false,
  );
}
