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
  /** The folder that the files lie in; else the package's own pages. */
  folder?: string;
  /** Which file is served at which path; else the panel and the browser library. */
  files?: Readonly<Record<string, string>>;
  /** The content security policy of all of them; unless said otherwise nothing inline and nothing foreign runs. */
  policy?: string;
}

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

const POLICY =
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

  constructor(
    @inject(Options) private readonly options: PagesOptions,
    @inject(WebServer) private readonly web: WebServer,
  ) {
    super();
  }

  override async main(run: Run): Promise<void> {
    const own = packageFile('dist', 'pages');
    const { folder = own, files = FILES, policy = POLICY } = this.options;
    for (const file of Object.values(files)) accessSync(join(folder, file), constants.R_OK);
    const close = Object.entries(files).map(([path, file]) =>
      this.web.serve(
        path,
        page(join(folder, file), policy, folder === own, () => this.#fillings.get(file)?.()),
      ),
    );
    run.ready();
    await run.stopped;
    for (const end of close) end();
  }

  /** Puts values where a file says `{{name}}`, as text, each time that it is asked for; until the returned function is called. */
  fill(file: string, values: () => Values): () => void {
    this.#fillings.set(file, values);
    return () => this.#fillings.get(file) === values && this.#fillings.delete(file);
  }
}

/** A file is read, and compressed, when it is first asked for, and again when it holds other values. */
function page(file: string, policy: string, own: boolean, filling: () => Values | undefined): Handler {
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
    if (own && !values && file.endsWith('.html') && text.includes('{{'))
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
