import type { Json } from '../wire/json.js';
import { Connection } from './connection.js';
import { EotError } from './eot-error.js';
import { type Message, read } from './incoming.js';
import { complete } from './options.js';
import { Subscriptions } from './subscriptions.js';

/** How often the task TaskPing is called, in milliseconds. */
const PING = 45_000;

/**
 * For pages that were written for the ancestor's library: its names and meanings, an original connection (PROTOCOL.md
 * 1.1), in one room. It comes back when it is lost, and is then in its room again. New pages use `EotClient`.
 */
export class Zephclient {
  readonly #options: ReturnType<typeof complete>;
  readonly #connection: Connection;
  readonly #subscriptions = new Subscriptions();
  #queue: string[] = [];
  #ping: ReturnType<typeof setInterval> | undefined;

  /**
   * Connects at once; what is left out or empty is: no session, `/ws` on the page's host, the page's address as the
   * room. A `messageCallback` hears every raw event of the socket, and then no subscriber hears anything.
   */
  constructor(
    session?: string | null,
    url?: string | null,
    room?: string | null,
    private readonly messageCallback?: ((event: MessageEvent<string>) => void) | null,
  ) {
    this.#options = complete({ ...(session && { session }), ...(url && { url }), ...(room && { room }) });
    const { url: address, deadline, random, WebSocket } = this.#options;
    this.#connection = new Connection(() => new WebSocket(address), deadline, random, {
      opened: () => this.#opened(),
      heard: (frame, event) => this.#heard(frame, event as MessageEvent<string>),
      doubted: () => this.#connection.drop(),
      lost: () => clearInterval(this.#ping),
      changed: (_, error) => error && console.error(error),
    });
  }

  /** Calls a task; waits for the connection if there is none. Throws an `EotError` `busy` or `closed`. */
  send(task: string, data?: Json): void {
    const { queueLimit } = this.#options;
    const text = JSON.stringify({ task, data });
    if (this.#connection.state === 'closed') throw new EotError('closed', 'this client is closed');
    if (this.#connection.writable) this.#connection.write(text);
    else if (this.#queue.length < queueLimit) this.#queue.push(text);
    else throw new EotError('busy', `${queueLimit} calls wait for the connection already`);
  }

  /** Hears what is said, or answered, in a task's name, as `{task, data}`. */
  subscribe(task: string, callback: (message: Message) => void): void {
    this.#subscriptions.add(task, callback);
  }

  unsubscribe(task: string, callback: (message: Message) => void): void {
    this.#subscriptions.delete(task, callback);
  }

  /** For good. */
  close(): void {
    clearInterval(this.#ping);
    this.#connection.close();
  }

  #opened(): void {
    const { room, session } = this.#options;
    // An original hello is never answered: the server keeps what comes behind it until it has let us in.
    this.#connection.write(JSON.stringify({ session_id: session, room }));
    this.#connection.welcome();
    for (const text of this.#queue.splice(0)) this.#connection.write(text);
    this.#ping = setInterval(() => this.#connection.write('{"task":"TaskPing","data":{}}'), PING);
  }

  #heard(text: unknown, event: MessageEvent<string>): void {
    const frame = read(text);
    const error = frame && 'error' in frame ? frame.error : undefined;
    if (this.messageCallback) this.messageCallback(event);
    else if (error) console.error(error);
    else if (frame && 'message' in frame) this.#subscriptions.tell(frame.message);
    // Of no task, it is about the hello: the server had trouble with it, and is asked again.
    if (error?.code === 'internal' && error.task === undefined) this.#connection.drop();
  }
}
