import { once } from 'node:events';
import type { TestContext } from 'node:test';
import { WebSocket } from 'ws';
import type { Json } from '../../src/wire/json.js';
import type { TestServer } from './server.js';

/** How long a test waits for what must come, in milliseconds. */
const PATIENCE = 10_000;

/** A raw web socket whose frames are awaited one by one. */
export class Visitor {
  readonly #heard: string[] = [];
  readonly #waiting: ((text: string) => void)[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;

  private constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      const wanted = this.#waiting.shift();
      if (wanted) wanted(text);
      else this.#heard.push(text);
    });
    this.closed = new Promise((resolve) =>
      socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    socket.on('error', () => undefined);
  }

  /** Opens a socket at a path; `headers` go with the upgrade. */
  static async to(
    t: TestContext,
    server: Pick<TestServer, 'url'>,
    path = '/ws',
    headers: Record<string, string> = {},
  ): Promise<Visitor> {
    const visitor = new Visitor(new WebSocket(server.url.replace('http', 'ws') + path, { headers }));
    t.after(() => visitor.socket.terminate());
    await once(visitor.socket, 'open');
    return visitor;
  }

  /** Opens a socket and says a modern hello; resolves when it was answered. */
  static async in(
    t: TestContext,
    server: Pick<TestServer, 'url'>,
    room = 'room',
    headers: Record<string, string> = {},
  ): Promise<Visitor> {
    const visitor = await Visitor.to(t, server, '/ws', headers);
    await visitor.ask({ room, ref: 'hello' });
    return visitor;
  }

  /** Sends a frame: an object as JSON, a string as it is. */
  send(frame: string | Record<string, Json>): void {
    this.socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  /** The next frame, as text. */
  next(): Promise<string> {
    const text = this.#heard.shift();
    if (text !== undefined) return Promise.resolve(text);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`nothing was heard within ${PATIENCE} ms`)), PATIENCE);
      this.#waiting.push((heard) => {
        clearTimeout(timer);
        resolve(heard);
      });
    });
  }

  /** The next frame, parsed. */
  async nextJson(): Promise<Record<string, Json>> {
    return JSON.parse(await this.next()) as Record<string, Json>;
  }

  /** The next frames until one satisfies; that one. */
  async until(wanted: (frame: Record<string, Json>) => boolean): Promise<Record<string, Json>> {
    for (;;) {
      const frame = await this.nextJson();
      if (wanted(frame)) return frame;
    }
  }

  /** Sends a frame with a `ref` and resolves with its answer; other frames on the way are dropped. */
  ask(frame: Record<string, Json>): Promise<Record<string, Json>> {
    const ref = frame.ref ?? `ref-${Math.random()}`;
    this.send({ ...frame, ref });
    return this.until((answer) => answer.ref === ref);
  }

  /** Closes it and waits until it is closed. */
  async leave(): Promise<void> {
    this.socket.close();
    await this.closed;
  }
}
