import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { EotClient, type EotClientOptions, type Json, type State } from '../../src/client/eot-client.js';

/** A frame that the client sent. */
export interface Sent {
  task?: string;
  data?: Json;
  room?: string;
  ref?: Json;
  session_id?: string;
}

/** What has come and was not asked for yet, and who asked before it came. */
class Inbox<Item> {
  readonly #items: Item[] = [];
  readonly #askers: ((item: Item) => void)[] = [];

  put(item: Item): void {
    const asker = this.#askers.shift();
    if (asker) asker(item);
    else this.#items.push(item);
  }

  get size(): number {
    return this.#items.length;
  }

  next(): Promise<Item> {
    const [item] = this.#items.splice(0, 1);
    return item === undefined ? new Promise((resolve) => this.#askers.push(resolve)) : Promise.resolve(item);
  }
}

/** The server's end of one connection, with a hand on it. */
export class Visitor {
  readonly #frames = new Inbox<Sent>();
  readonly closed: Promise<number>;

  constructor(readonly socket: WebSocket) {
    socket.on('message', (text) => this.#frames.put(JSON.parse(String(text))));
    this.closed = once(socket, 'close').then(([code]) => code);
  }

  next(): Promise<Sent> {
    return this.#frames.next();
  }

  /** How many frames nobody asked for, after all that the client had sent by now. */
  async unread(): Promise<number> {
    this.socket.ping();
    await once(this.socket, 'pong');
    return this.#frames.size;
  }

  say(frame: object | string): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  answer({ ref, task }: Sent, data: Json): void {
    this.say({ ref, task, data });
  }

  fail({ ref, task }: Sent, code: string): void {
    this.say({ ref, task, error: { code, message: `told ${code}` } });
  }

  /** Answers the hello; returns it. */
  async welcome(): Promise<Sent> {
    const hello = await this.next();
    this.answer(hello, { cid: 'c1d', user: { id: 7, username: 'ann' }, room: hello.room ?? null });
    return hello;
  }
}

/** Plays the server's part of PROTOCOL.md where a real one cannot misbehave on cue. */
export class ScriptedServer {
  readonly #visitors = new Inbox<Visitor>();
  readonly #clients: EotClient[] = [];

  private constructor(
    t: TestContext,
    private readonly server: WebSocketServer,
  ) {
    server.on('connection', (socket) => this.#visitors.put(new Visitor(socket)));
    // With nothing left to wait for, the runner fails a test that still waits, by its name.
    const patience = setTimeout(() => this.#end(), 10_000);
    t.after(() => {
      clearTimeout(patience);
      this.#end();
    });
  }

  static async open(t: TestContext): Promise<ScriptedServer> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    return new ScriptedServer(t, server);
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/ws`;
  }

  /** The next connection. */
  visitor(): Promise<Visitor> {
    return this.#visitors.next();
  }

  /** A client of this server that comes back without a wait, and is closed with the test. */
  client(options: EotClientOptions = {}): EotClient {
    const client = new EotClient({ url: this.url, room: 'lobby', WebSocket, random: () => 0, ...options });
    this.#clients.push(client);
    return client;
  }

  /** A client that is open, and the server's end of it. */
  async pair(options: EotClientOptions = {}): Promise<{ client: EotClient; visitor: Visitor }> {
    const client = this.client(options);
    const visitor = await this.visitor();
    await Promise.all([visitor.welcome(), becomes(client, 'open')]);
    return { client, visitor };
  }

  /** Lets the next `count` upgrades hang: the TCP connection is taken, and nothing is said, as by a stuck proxy. */
  hang(count: number): void {
    const { server } = this;
    let left = count;
    server.handleUpgrade = (...upgrade) => {
      left -= 1;
      if (left < 0) WebSocketServer.prototype.handleUpgrade.apply(server, upgrade);
    };
  }

  #end(): void {
    for (const client of this.#clients) client.close();
    for (const socket of this.server.clients) socket.terminate();
    this.server.close();
  }
}

/** The next time that the client becomes so. */
export function becomes(client: EotClient, wanted: State): Promise<void> {
  return new Promise((resolve) => {
    const stop = client.on('state', (state) => {
      if (state !== wanted) return;
      stop();
      resolve();
    });
  });
}
