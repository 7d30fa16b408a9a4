import { EventEmitter, once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { build } from 'esbuild';
import { type WebSocket, WebSocketServer } from 'ws';
import { fillTemplate } from '../../src/services/doors/template.js';
import { labelsOf } from '../../src/services/telegraph/labels.js';
import type { PanelFacts } from '../../src/wire/telegraph.js';

const FOLDER = 'src/pages/panel';
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws: wss:";
const TYPES: Record<string, string> = {
  '/panel.js': 'text/javascript',
  '/panel.css': 'text/css',
  '/favicon.svg': 'image/svg+xml',
};

/** The server's end of one panel, with a hand on it. */
export class Visitor {
  readonly heard: string[] = [];
  readonly #events = new EventEmitter();

  constructor(readonly socket: WebSocket) {
    socket.on('message', (text) => {
      this.heard.push(String(text));
      this.#events.emit('heard');
    });
  }

  say(...frames: string[]): void {
    for (const frame of frames) this.socket.send(frame);
  }

  /** Waits until the panel has said it. */
  async hears(text: string): Promise<void> {
    while (!this.heard.includes(text)) await once(this.#events, 'heard');
  }
}

/** Plays the telegraph of PROTOCOL.md, section 2, where a real one cannot misbehave on cue. */
export class ScriptedTelegraph {
  readonly #waiting: Visitor[] = [];
  readonly #events = new EventEmitter();

  private constructor(readonly url: string) {}

  /** Builds the panel, serves it under the policy that the server has, and closes with the test. */
  static async open(t: TestContext, facts: Partial<PanelFacts> = {}): Promise<ScriptedTelegraph> {
    const files = await panelFiles(facts);
    const web = createServer((request, response) => {
      const path = request.url ?? '/';
      response.writeHead(files.has(path) ? 200 : 404, {
        'content-type': TYPES[path] ?? 'text/html; charset=utf-8',
        'content-security-policy': CSP,
      });
      response.end(files.get(path));
    });
    const sockets = new WebSocketServer({ server: web, path: '/websocket' });
    web.listen(0, '127.0.0.1');
    await once(web, 'listening');
    t.after(() => {
      for (const socket of sockets.clients) socket.terminate();
      web.close();
      web.closeAllConnections();
    });
    const telegraph = new ScriptedTelegraph(`http://127.0.0.1:${(web.address() as AddressInfo).port}/`);
    sockets.on('connection', (socket) => {
      telegraph.#waiting.push(new Visitor(socket));
      telegraph.#events.emit('visitor');
    });
    return telegraph;
  }

  /** The next panel that connects. */
  async visitor(): Promise<Visitor> {
    for (;;) {
      const visitor = this.#waiting.shift();
      if (visitor) return visitor;
      await once(this.#events, 'visitor');
    }
  }
}

async function panelFiles(told: Partial<PanelFacts>): Promise<Map<string, string | Uint8Array>> {
  const { outputFiles } = await build({
    entryPoints: [`${FOLDER}/panel.ts`, `${FOLDER}/panel.css`],
    outdir: '/',
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
  });
  const files = new Map<string, string | Uint8Array>(outputFiles.map((file) => [file.path, file.contents]));
  const usual = { mode: 'status', station: 'choose', acknowledgements: false } as const;
  const labels = labelsOf({ ...usual, mode: told.mode ?? 'status' });
  const facts: PanelFacts = { ...usual, labels, order: null, ...told };
  const html = await readFile(`${FOLDER}/panel.html`, 'utf8');
  files.set('/', fillTemplate(html, { facts: JSON.stringify(facts), standing: 'no order stands' }));
  files.set('/favicon.svg', await readFile(`${FOLDER}/favicon.svg`));
  return files;
}
