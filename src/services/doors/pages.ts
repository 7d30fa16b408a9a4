import { createHash } from 'node:crypto';
import { accessSync, constants, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { inject, Options } from '../../infra/inject.js';
import { packageFile } from '../../infra/package-file.js';
import { type Run, Service } from '../../infra/service.js';
import { fillTemplate } from './template.js';
import { type Handler, WebServer } from './web-server.js';

export interface PagesOptions {
  /** The folder that `files` lie in; else that of the package's own pages. */
  folder?: string;
  /** Which file is served at which path, beside the panel and the browser library, or instead of them where the path is theirs. */
  files?: Readonly<Record<string, string>>;
  /** The content security policy of all of them; unless said otherwise nothing inline and nothing foreign runs. */
  policy?: string;
}

/** Where the package's own pages lie. */
const OURS = packageFile('dist', 'pages');

const FILES = {
  '/': 'panel.html',
  '/panel': 'panel.html',
  '/panel.js': 'panel.js',
  '/panel.css': 'panel.css',
  '/favicon.svg': 'favicon.svg',
  '/client.js': 'client.js',
};

const KINDS: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  json: 'application/json',
};

/** Nothing inline and nothing foreign runs. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:; " +
  "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const GUARDS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** What goes into a page whenever it is asked for, by name. */
type Values = Readonly<Record<string, string>>;

/** Serves files from memory, compressed, and known by what they hold. */
export class Pages extends Service {
  readonly #fillings = new Map<string, () => Values>();
  #served: (() => void)[] = [];

  constructor(
    @inject(Options) private readonly options: PagesOptions,
    @inject(WebServer) private readonly web: WebServer,
  ) {
    super();
  }

  override async main(run: Run): Promise<void> {
    this.reload();
    run.ready();
    await run.stopped;
    for (const end of this.#served) end();
  }

  /** Serves what the options name now, and each file as it is now. */
  override reload(): void {
    const { folder = OURS, files = {}, policy = POLICY } = this.options;
    const all = Object.entries({ ...within(OURS, FILES), ...within(folder, files) });
    for (const [, file] of all) accessSync(file, constants.R_OK);
    const before = this.#served;
    this.#served = all.map(([path, file]) =>
      this.web.serve(
        path,
        page(file, policy, () => this.#fillings.get(file)?.()),
      ),
    );
    for (const end of before) end();
  }

  /** Puts values where a page of the package says `{{name}}`, as text, each time that it is asked for; until the returned function is called. */
  fill(file: string, values: () => Values): () => void {
    const path = join(OURS, file);
    this.#fillings.set(path, values);
    return () => this.#fillings.get(path) === values && this.#fillings.delete(path);
  }
}

function within(folder: string, files: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, file]) => [path, join(folder, file)]));
}

/**
 * Serves a file; it is read, and compressed, when it is first asked for, and again when it holds other values.
 * @param filling what goes into it, by name; undefined for a file that is served as it is
 */
export function page(
  file: string,
  policy: string,
  filling: () => Values | undefined = () => undefined,
): Handler {
  let text: Buffer | undefined;
  let content: Content | undefined;
  let filled: string | undefined;
  return ({ method, headers: asked }, response) => {
    if (method !== 'GET' && method !== 'HEAD')
      return void response
        .writeHead(405, { allow: 'GET, HEAD', 'content-type': 'text/plain' })
        .end('Only GET\n');
    const values = filling();
    const key = JSON.stringify(values);
    text ??= readFileSync(file);
    // Whoever fills it starts after us; in a page of somebody else's, the braces may mean anything.
    if (file.startsWith(OURS) && !values && file.endsWith('.html') && text.includes('{{'))
      return void response
        .writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' })
        .end('This page is not ready yet: try again in a moment\n');
    if (!content || key !== filled)
      content = contentOf(file, values ? Buffer.from(fillTemplate(String(text), values)) : text, policy);
    filled = key;
    const { headers, plain, zipped } = content;
    if (asked['if-none-match'] === headers.etag) return void response.writeHead(304, headers).end();
    const zip = /\bgzip\b/.test(String(asked['accept-encoding'] ?? ''));
    const body = zip ? zipped : plain;
    const encoding = zip ? { 'content-encoding': 'gzip' } : {};
    response.writeHead(200, { ...headers, ...encoding, 'content-length': body.length });
    response.end(method === 'HEAD' ? undefined : body);
  };
}

interface Content {
  readonly headers: Readonly<Record<string, string>> & { readonly etag: string };
  readonly plain: Buffer;
  readonly zipped: Buffer;
}

function contentOf(file: string, plain: Buffer, policy: string): Content {
  const etag = `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  const kind = KINDS[file.slice(file.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
  const headers = {
    ...GUARDS,
    'content-security-policy': policy,
    'content-type': kind,
    'cache-control': 'no-cache',
    etag,
    vary: 'accept-encoding',
  };
  return { headers, plain, zipped: gzipSync(plain) };
}
