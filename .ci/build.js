// Builds everything: types and tests by the compiler into build/ and dist/types, what is shipped into dist/.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const root = dirname(import.meta.dirname);
process.chdir(root);
const shared = { bundle: true, sourcemap: true, logLevel: 'warning' };

// One bundle with shared pieces: a class has one identity in the program and in what users import, and it starts fast.
const { metafile } = await build({
  ...shared,
  entryPoints: {
    'bin/eot-server': 'bin/eot-server.ts',
    'bin/eot-server-stop': 'bin/eot-server-stop.ts',
    'bin/eot-server-command': 'bin/eot-server-command.ts',
    index: 'src/index.ts',
    testing: 'src/testing/start-server.ts',
    typescript: 'bin/typescript.ts',
    settings: 'settings.ts',
    'task-worker': 'src/services/calls/task-worker.ts',
    'typescript-hooks': 'src/infra/typescript-hooks.ts',
  },
  outdir: 'dist',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  splitting: true,
  chunkNames: 'chunk-[name]-[hash]',
  metafile: true,
  // Names stay: classes are told by theirs, and to restore them one by one would make a start wait.
  minifySyntax: true,
  minifyWhitespace: true,
  // It mends a system's lack of file handles by waiting; one lock needs none of that, and a start would wait for it.
  alias: { 'graceful-fs': 'node:fs' },
  external: ['esbuild', 'piscina', 'jose', 'cli-table3', 'bufferutil', 'utf-8-validate'],
  // Packages in the older module format ask for Node's own modules by require.
  banner: {
    js: "import{createRequire as eotRequire}from'node:module';const require=eotRequire(import.meta.url);",
  },
});
for (const file of readdirSync('dist'))
  if (file.startsWith('chunk-') && !metafile.outputs[`dist/${file}`]) rmSync(join('dist', file));

const browser = { ...shared, minify: true, sourcemap: false, target: 'es2022' };
await build({
  ...browser,
  entryPoints: { client: 'src/client/eot-client.ts' },
  outdir: 'dist',
  format: 'esm',
});
await build({
  ...browser,
  entryPoints: { client: 'src/client/global.ts' },
  outdir: 'dist/pages',
  format: 'iife',
});
await build({
  ...browser,
  entryPoints: ['src/pages/panel/panel.ts', 'src/pages/panel/panel.css'],
  outdir: 'dist/pages',
  format: 'esm',
});
await build({
  ...browser,
  entryPoints: ['src/pages/console/console.ts', 'src/pages/console/console.css'],
  outdir: 'dist/pages',
  format: 'esm',
});
mkdirSync('dist/pages', { recursive: true });
copyFileSync('src/pages/console/console.html', 'dist/pages/console.html');
for (const file of ['panel.html', 'favicon.svg'])
  copyFileSync(`src/pages/panel/${file}`, `dist/pages/${file}`);

const tsc = join(dirname(createRequire(import.meta.url).resolve('tsc7/package.json')), 'bin', 'tsc');
for (const project of ['tsconfig.json', 'src/client/tsconfig.json'])
  execFileSync(process.execPath, [tsc, '-p', project], { stdio: 'inherit' });

writeFileSync('dist/built', `${new Date().toISOString()}\n`);
