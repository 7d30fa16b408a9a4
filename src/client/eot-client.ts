import type { Json } from '../wire/json.js';
import { Connection, type State } from './connection.js';
import { EotError } from './eot-error.js';
import { type EotEvents, Events } from './events.js';
import { Heartbeat } from './heartbeat.js';
import { type Message, read } from './incoming.js';
import { JoinedRooms } from './joined-rooms.js';
import { complete, type EotClientOptions } from './options.js';
import { PendingAsks } from './pending-asks.js';
import { Subscriptions } from './subscriptions.js';

export type { EotClientOptions, EotEvents, Json, Message, State };
export { EotError };

/** Who the server takes you for; null is anonymous (PROTOCOL.md 1.1). */
export type User = { [key: string]: Json } | null;

/** A connection to eot-server's JSON language (PROTOCOL.md 1) that comes back when it is lost. For browsers and Node. */
export class EotClient {
  /** The id of this connection; a new one after each hello. */
  cid: string | undefined;
  /** Known after the hello; null is anonymous. */
  user: User | undefined;

  readonly #options: ReturnType<typeof complete>;
  readonly #connection: Connection;
  readonly #heartbeat: Heartbeat;
  readonly #asks = new PendingAsks();
  readonly #rooms: JoinedRooms;
  readonly #subscriptions = new Subscriptions();
  readonly #events = new Events();
  /** Frames that wait for the connection, by the number of their call. */
  readonly #queue = new Map<Json, string>();
  #calls = 0;

  /** Connects at once. Throws a `TypeError` for what is missing, and what `new WebSocket` throws for a bad url. */
  constructor(options: EotClientOptions = {}) {
    this.#options = complete(options);
    const { url, room, WebSocket, deadline, heartbeat, random } = this.#options;
    this.#rooms = new JoinedRooms(room);
    this.#heartbeat = new Heartbeat(
      heartbeat,
      () => this.#ping(),
      () => this.#connection.drop(),
    );
    this.#connection = new Connection(() => new WebSocket(url), deadline, random, {
      opened: () => void this.#hello(),
      heard: (frame) => this.#heard(frame),
      doubted: () => this.#heartbeat.check(),
      lost: () => this.#lost(),
      changed: (state, error) => this.#changed(state, error),
    });
  }

  get state(): State {
    return this.#connection.state;
  }

  /**
   * Calls a task and forgets it: an answer comes to `subscribe`, a failure to `on('error')`. Waits for the connection
   * if there is none. Throws `EotError` `busy` if too many wait already, `closed` after the end.
   */
  send(task: string, data?: Json, { room }: { room?: string } = {}): void {
    this.#post(++this.#calls, { task, data, room });
  }

  /**
   * Calls a task and brings its one answer (PROTOCOL.md 1.2). Rejects with an `EotError`; its own `deadline`, in ms,
   * counts from now on and also while the call waits for the connection.
   */
  async ask(
    task: string,
    data?: Json,
    { room, deadline }: { room?: string; deadline?: number } = {},
  ): Promise<Json> {
    const ref = ++this.#calls;
    this.#post(ref, { task, data, room, ref });
    try {
      return await this.#asks.wait(ref, task, deadline ?? this.#options.deadline);
    } finally {
      this.#queue.delete(ref);
    }
  }

  /** Hears every message of this task, in whatever room (PROTOCOL.md 1.3). Returns the way to unsubscribe. */
  subscribe(task: string, listener: (message: Message) => void): () => void {
    this.#subscriptions.add(task, listener);
    return () => this.unsubscribe(task, listener);
  }

  unsubscribe(task: string, listener: (message: Message) => void): void {
    this.#subscriptions.delete(task, listener);
  }

  /**
   * Joins another room until `leave`, also across reconnects; the listener hears what is said there and nothing else.
   * Rejects as `ask` does, except that it is asked again when `lost`; then nobody listens (PROTOCOL.md 1.5).
   */
  join(room: string, listener?: (message: Message) => void): Promise<Json> {
    return this.#rooms.join((task, data) => this.ask(task, data), room, listener);
  }

  /** Leaves a room, also that of the hello; its listeners hear no more at once. Rejects as `ask` does, but not with `lost`. */
  leave(room: string): Promise<void> {
    return this.#rooms.leave((task, data) => this.ask(task, data), room);
  }

  /** Hears new states, or errors; returns the way to stop. While nobody hears the errors, the console does. */
  on<Name extends keyof EotEvents>(name: Name, listener: (value: EotEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** For good: calls without an answer reject with `closed`. */
  close(): void {
    this.#connection.close();
  }

  #post(number: number, frame: object): void {
    const text = JSON.stringify(frame);
    const { queueLimit } = this.#options;
    if (this.state === 'closed') throw new EotError('closed', 'this client is closed');
    if (this.#connection.writable) this.#connection.write(text);
    else if (this.#queue.size < queueLimit) this.#queue.set(number, text);
    else throw new EotError('busy', `${queueLimit} calls wait for the connection already`);
  }

  /** Asks on this very socket or not at all, before the queue. */
  #askNow(task: string, frame: object): Promise<Json> {
    const ref = ++this.#calls;
    this.#connection.write(JSON.stringify({ ...frame, ref }));
    return this.#asks.wait(ref, task, this.#options.deadline);
  }

  async #hello(): Promise<void> {
    const { room, session } = this.#options;
    try {
      const welcome = await this.#askNow('hello', { room, session_id: session });
      ({ cid: this.cid, user: this.user } = welcome as { cid: string; user: User });
      await this.#rooms.rejoin(
        (task, data) => this.#askNow(task, { task, data }),
        (error) => this.#events.error(error),
      );
      this.#connection.welcome();
    } catch (error) {
      if (!(error instanceof EotError)) throw error;
      if (error.code === 'lost' || error.code === 'closed') return;
      if (!error.transient) return this.#connection.close(error);
      this.#connection.drop();
      this.#events.error(error);
    }
  }

  #ping(): void {
    // Its answer does not matter, only that something is heard.
    this.#askNow('TaskPing', { task: 'TaskPing' }).catch(() => {});
  }

  #heard(text: unknown): void {
    this.#heartbeat.heard();
    const frame = read(text);
    if (frame === undefined) return;
    if ('answer' in frame) this.#asks.settle(frame.answer);
    else if ('error' in frame) this.#events.error(frame.error);
    else {
      this.#subscriptions.tell(frame.message);
      this.#rooms.tell(frame.message);
    }
  }

  #lost(): void {
    this.#heartbeat.stop();
    this.#asks.fail('lost', 'the connection was lost before the answer came', (ref) => this.#queue.has(ref));
  }

  #changed(state: State, error?: EotError): void {
    if (state === 'open') {
      for (const text of this.#queue.values()) this.#connection.write(text);
      this.#queue.clear();
    }
    if (state === 'closed') {
      this.#heartbeat.stop();
      this.#queue.clear();
      this.#asks.fail('closed', error?.message ?? 'this client was closed', () => false);
    }
    this.#events.state(state);
    if (error) this.#events.error(error);
  }
}
