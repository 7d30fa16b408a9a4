import { createHash } from 'node:crypto';
import { access, readFile } from 'node:fs/promises';
import type { InitializeHook, LoadHook, ResolveFnOutput, ResolveHook } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import { transform } from 'esbuild';
import { errorFrom } from './error-from.js';
import { answerLine, type HooksData } from './hooks-line.js';
import { ModuleGraph, withoutVersions } from './module-graph.js';
import { packageFile } from './package-file.js';

const TYPESCRIPT = /\.m?ts$/;

/** The package's own name means the package that runs, wherever the user's file lies: one class, one identity. */
const OURS = new Map([
  ['eot-server', packageFile('dist', 'index.js')],
  ['eot-server/testing', packageFile('dist', 'testing.js')],
  ['eot-server/client', packageFile('dist', 'client.js')],
]);
const PROGRAM = `${pathToFileURL(packageFile('dist')).href}/`;

/** While the server runs, a module is handed over each millisecond: calls are answered between two of them. */
const PACE = 1;

let graph = new ModuleGraph();
let turn = Promise.resolve();

/** Learns which modules there are already, and who will ask for them. */
export const initialize: InitializeHook<HooksData> = ({ modules, line }) => {
  graph = new ModuleGraph(modules);
  if (line) answerLine(line as MessagePort, graph, { digestOf, flawOf });
};

/** Gives the user's modules the version that is valid, beside finding `x.ts` where the source says `./x.js` or `./x`. */
export const resolve: ResolveHook = async (specifier, context, next) => {
  const ours = OURS.get(specifier);
  if (ours) return { url: pathToFileURL(ours).href, shortCircuit: true };
  const { parentURL = '' } = context;
  const importer = isUsers(parentURL) ? withoutVersions(parentURL) : undefined;
  const known = importer === undefined ? undefined : graph.at(importer).imports.get(specifier);
  if (known !== undefined) return { url: graph.versioned(known), shortCircuit: true };
  const found = await find(specifier, context, next);
  if (!isUsers(found.url)) return found;
  const url = withoutVersions(found.url);
  graph.note(importer, specifier, url);
  return { ...found, url: graph.versioned(url) };
};

/** Turns TypeScript into a module, whatever the nearest package.json says of its kind; reads each text once. */
export const load: LoadHook = async (url, context, next) => {
  if (!isUsers(url)) return next(url, context);
  const module = graph.at(withoutVersions(url));
  if (graph.renewing) await inTurn();
  if (module.source) return { ...module.source, shortCircuit: true };
  if (TYPESCRIPT.test(new URL(url).pathname)) {
    const text = await readFile(fileURLToPath(url));
    module.digest = digest(text);
    module.source = { format: 'module', source: await javascriptOf(fileURLToPath(url), text.toString()) };
    return { ...module.source, shortCircuit: true };
  }
  const loaded = await next(url, context);
  const { format, source } = loaded;
  module.digest = source ? digest(source) : await digestOf(url);
  if (source && (format === 'module' || format === 'json'))
    module.source = { format, source: Buffer.from(source as Uint8Array).toString() };
  return loaded;
};

function inTurn(): Promise<void> {
  turn = turn.then(() => pause(PACE));
  return turn;
}

async function find(
  specifier: string,
  context: Parameters<ResolveHook>[1],
  next: Parameters<ResolveHook>[2],
): Promise<ResolveFnOutput> {
  const { parentURL } = context;
  if (/^\.{0,2}\//.test(specifier) && parentURL && TYPESCRIPT.test(withoutVersions(parentURL))) {
    for (const candidate of candidates(new URL(specifier, parentURL).href))
      if (await exists(candidate)) return { url: candidate, shortCircuit: true };
  }
  return next(specifier, context);
}

async function javascriptOf(file: string, text: string): Promise<string> {
  const { code } = await transform(text, {
    loader: 'ts',
    format: 'esm',
    target: 'node20',
    sourcefile: file,
    sourcemap: 'inline',
    sourcesContent: false,
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true, useDefineForClassFields: true } },
  });
  return code;
}

async function flawOf(text: string, url: string): Promise<string | undefined> {
  return transform(text, { loader: 'js', sourcefile: fileURLToPath(url), logLevel: 'silent' }).then(
    () => undefined,
    (error: unknown) => errorFrom(error).message,
  );
}

/** Packages and this program are not the user's to change while it runs. */
function isUsers(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/') && !url.startsWith(PROGRAM);
}

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

/** What tells a file's content from any other; empty for one that cannot be read. */
async function digestOf(url: string): Promise<string> {
  return readFile(fileURLToPath(url)).then(digest, () => '');
}

function digest(content: string | ArrayBuffer | NodeJS.TypedArray): string {
  const bytes = typeof content === 'string' ? content : Buffer.from(content as Uint8Array);
  return createHash('sha256').update(bytes).digest('base64');
}
