import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { codeOf } from '../../infra/error-from.js';
import { inject } from '../../infra/inject.js';
import { Logger } from '../../infra/logger.js';
import { type Run, Service } from '../../infra/service.js';
import { Settings } from '../../infra/settings.js';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;
export type UpgradeHandler = (request: IncomingMessage, stream: Duplex, head: Buffer) => void;

/** The one HTTP port: other services serve their paths on it. */
export class WebServer extends Service {
  readonly #pages = new Map<string, Handler>();
  readonly #upgrades = new Map<string, UpgradeHandler>();
  #port: number;

  constructor(
    @inject(Settings) private readonly settings: Settings,
    @inject(Logger) private readonly log: Logger,
  ) {
    super();
    this.#port = settings.port;
  }

  override async main(run: Run): Promise<void> {
    const server = createServer((request, response) => this.#serve(request, response));
    server.on('upgrade', (request, stream, head) => this.#upgrade(request, stream, head));
    const failed = new Promise<never>((_, reject) =>
      server.on('error', (error) => reject(this.#explained(error))),
    );
    try {
      server.listen(this.#port, this.settings.host);
      await Promise.race([failed, new Promise((resolve) => server.once('listening', resolve))]);
      this.#port = (server.address() as AddressInfo).port;
      run.ready();
      await Promise.race([failed, run.stopped]);
    } finally {
      close(server);
    }
  }

  /** Where it listens, with the port that the system chose if it was asked to. */
  get url(): string {
    const { host } = this.settings;
    return `http://${host.includes(':') ? `[${host}]` : host}:${this.#port}`;
  }

  override describe(): Record<string, string> {
    return { url: this.url };
  }

  /** Serves a path until the returned function is called. */
  serve(path: string, handler: Handler): () => void {
    this.#pages.set(path, handler);
    return () => this.#pages.get(path) === handler && this.#pages.delete(path);
  }

  /** Takes the upgrades of a path until the returned function is called. */
  takeUpgrades(path: string, handler: UpgradeHandler): () => void {
    this.#upgrades.set(path, handler);
    return () => this.#upgrades.get(path) === handler && this.#upgrades.delete(path);
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const handler = this.#pages.get(pathOf(request));
    if (!handler) return void response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
    try {
      handler(request, response);
    } catch (error) {
      this.log.error(`${request.method} ${pathOf(request)} failed`, error);
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
      response.end('Internal error\n');
    }
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const handler = this.#upgrades.get(pathOf(request));
    if (!handler) return refuseUpgrade(stream, 404);
    try {
      handler(request, stream, head);
    } catch (error) {
      this.log.error(`an upgrade of ${pathOf(request)} failed`, error);
      stream.destroy();
    }
  }

  #explained(error: Error): Error {
    const { host } = this.settings;
    const where = `port ${this.#port} of ${host}`;
    const said: Record<string, string> = {
      EADDRINUSE: `${where} is in use: stop what holds it, or choose another with --port`,
      EACCES: `${where} is not yours to open: choose one above 1023 with --port`,
      EADDRNOTAVAIL: `${host} is no address of this machine: choose one with --host`,
      ENOTFOUND: `${host} is no address of this machine: choose one with --host`,
    };
    return new Error(said[codeOf(error) ?? ''] ?? error.message, { cause: error });
  }
}

/** Answers an upgrade with a refusal. */
export function refuseUpgrade(stream: Duplex, status: number): void {
  stream.on('error', () => stream.destroy());
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const query = url.indexOf('?');
  return query < 0 ? url : url.slice(0, query);
}

/** Frees the port at once; the web sockets that were opened here are their doors', and live on. */
function close(server: Server): void {
  server.close();
  server.closeAllConnections();
}
