import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isDeepStrictEqual } from 'node:util';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../../infra/logger.js';
import { type Run, Service } from '../../infra/service.js';
import type { Settings } from '../../infra/settings.js';
import { endedWithin } from '../../infra/time-limit.js';
import { GOING_AWAY } from '../../wire/close.js';
import { logAbout } from '../calls/call-log.js';
import { Visit } from '../calls/visit.js';
import { FrontReader } from './front-reader.js';
import { originAllowed } from './origin.js';
import { peerOf } from './peer-of.js';
import { Postman } from './postman.js';
import { refuseUpgrade, type WebServer } from './web-server.js';
import type { WebsocketClient } from './websocket-client.js';

/** What every door for web sockets can be told. */
export interface SocketDoorOptions {
  path?: string;
  /** The longest frame that is taken, in bytes. */
  maxFrame?: number;
  /** How many bytes may wait for a slow reader; 1 MiB unless said otherwise. */
  maxWaiting?: number;
  /** Milliseconds between heartbeats; 25,000 unless said otherwise. */
  heartbeat?: number;
}

/** How long clients may take to close when the door does, in milliseconds. */
const CLOSE_WITHIN = 1_000;

/** A path where web sockets are taken: origin, size, heartbeat and end are minded here, the language is the heir's. */
export abstract class SocketDoor extends Service {
  protected readonly postman = new Postman();
  readonly #clients = new Set<WebsocketClient>();
  #shape: Required<SocketDoorOptions>;
  #shut: () => void = () => undefined;
  #emptied: (() => void) | undefined;
  #open = false;
  #server: WebSocketServer | undefined;
  #loading: Promise<WebSocketServer> | undefined;

  constructor(
    private readonly web: WebServer,
    protected readonly settings: Settings,
    protected readonly log: Logger,
    private readonly options: SocketDoorOptions,
    private readonly usual: Required<SocketDoorOptions>,
  ) {
    super();
    this.#shape = { ...usual, ...options };
  }

  /** The client for a socket that was opened here. */
  protected abstract open(socket: WebSocket, stream: Duplex, visit: Visit): WebsocketClient;

  override async main(run: Run): Promise<void> {
    this.#open = true;
    this.#swing();
    run.ready();
    await run.stopped;
    this.#open = false;
    this.#shut();
    await this.#seeOut();
  }

  /** Who is inside stays. A new path and new limits are for those who come; a new heartbeat is for all. */
  override reload(): void {
    const shape = checkedShape({ ...this.usual, ...this.options });
    if (isDeepStrictEqual(shape, this.#shape)) return;
    this.#shut();
    this.#server = undefined;
    this.#loading = undefined;
    this.#shape = shape;
    this.#swing();
  }

  override describe(): Record<string, string | number> {
    return { path: this.#shape.path, clients: this.#clients.size };
  }

  /** Everybody who is connected here. */
  protected get clients(): ReadonlySet<WebsocketClient> {
    return this.#clients;
  }

  protected get maxWaiting(): number {
    return this.#shape.maxWaiting;
  }

  #swing(): void {
    const { path, heartbeat } = checkedShape(this.#shape);
    const leave = this.web.takeUpgrades(path, (request, stream, head) => {
      const { origin, host } = request.headers;
      if (originAllowed(origin, host, this.settings.origins)) return this.#upgrade(request, stream, head);
      this.log.warning(`a page of ${origin} was refused at ${path}: list it in origins to let it in`);
      refuseUpgrade(stream, 403);
    });
    const beat = setInterval(() => {
      for (const client of this.#clients) client.beat();
    }, heartbeat);
    this.#shut = () => {
      clearInterval(beat);
      leave();
    };
  }

  #sockets(): Promise<WebSocketServer> {
    this.#loading ??= import('ws').then(({ WebSocketServer }) => {
      // The limits are read now: a reload may have changed them since the loading began.
      const { maxFrame: maxPayload } = this.#shape;
      const options = { noServer: true, clientTracking: false, perMessageDeflate: false, maxPayload };
      this.#server = new WebSocketServer(options);
      return this.#server;
    });
    return this.#loading;
  }

  #upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const server = this.#server;
    if (!this.#open) return refuseUpgrade(stream, 503);
    if (server)
      return server.handleUpgrade(request, stream, head, (socket) =>
        this.#admit(socket, stream, visitOf(request)),
      );
    stream.on('error', () => stream.destroy());
    void this.#sockets().then(() => this.#upgrade(request, stream, head));
  }

  #admit(socket: WebSocket, stream: Duplex, visit: Visit): void {
    const client = this.open(socket, stream, visit);
    this.#clients.add(client);
    const hear = (text: string): void => {
      client.heard = true;
      client.hear(text);
    };
    FrontReader.before(socket, stream, this.#shape.maxFrame, hear);
    socket.on('message', (data: Buffer, binary) => {
      if (!binary) return hear(data.toString());
      client.heard = true;
      client.hearBinary();
    });
    socket.on('pong', () => {
      client.heard = true;
    });
    socket.on('error', (error) =>
      logAbout(this.log, client).debug(`the connection failed: ${error.message}`),
    );
    socket.on('close', (code) => {
      this.#clients.delete(client);
      client.trace?.step('socket', `closed with ${code}`);
      client.end();
      client.trace?.over();
      if (this.#clients.size === 0) this.#emptied?.();
    });
  }

  async #seeOut(): Promise<void> {
    if (this.#clients.size === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#emptied = resolve;
    });
    for (const client of this.#clients) client.close(GOING_AWAY, 'the server stops: come back');
    if (!(await endedWithin(empty, CLOSE_WITHIN))) for (const client of this.#clients) client.drop();
    this.#emptied = undefined;
  }
}

/** Throws when a door cannot be like this. */
function checkedShape(shape: Required<SocketDoorOptions>): Required<SocketDoorOptions> {
  const { path, ...numbers } = shape;
  if (typeof path !== 'string' || !path.startsWith('/'))
    throw new Error(`path must begin with /, not ${path}`);
  for (const [name, number] of Object.entries(numbers))
    if (!Number.isInteger(number) || number < 1)
      throw new Error(`${name} must be a number from 1, not ${number}`);
  return shape;
}

function visitOf(request: IncomingMessage): Visit {
  return new Visit(peerOf(request), request.headers.cookie);
}
