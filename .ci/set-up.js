// Makes a clone ready before `npm start` and `npm test`: installs and builds what is missing or older than its source.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = dirname(import.meta.dirname);
const SOURCES = [
  'package-lock.json',
  'tsconfig.json',
  'settings.ts',
  'src',
  'bin',
  'test',
  'bench',
  '.ci/build.js',
];

function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function olderThan(product, sources) {
  const file = join(root, product);
  return (
    !existsSync(file) ||
    statSync(file).mtimeMs < Math.max(...sources.map((source) => newest(join(root, source))))
  );
}

function npm(...words) {
  const [program, ...first] = process.env.npm_execpath
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  execFileSync(program, [...first, ...words], { cwd: root, stdio: ['ignore', 2, 2] });
}

if (olderThan('node_modules/.package-lock.json', ['package-lock.json']))
  npm('ci', '--no-audit', '--no-fund', '--ignore-scripts');
if (olderThan('dist/built', SOURCES)) npm('run', '--silent', 'build');
