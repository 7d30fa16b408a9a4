import type { Json } from '../wire/json.js';
import { Calls } from './calls.js';
import { Connection, type State } from './connection.js';
import { EotError } from './eot-error.js';
import { type EotEvents, Events } from './events.js';
import { Heartbeat } from './heartbeat.js';
import { type Message, read } from './incoming.js';
import { JoinedRooms } from './joined-rooms.js';
import { complete, type EotClientOptions } from './options.js';
import { Subscriptions } from './subscriptions.js';
import type { AnyTasks, EchoesOf, Given, Says, TaskShape, TasksOf } from './task-shape.js';

export type { AnyTasks, EotClientOptions, EotEvents, Json, Message, Says, State, TaskShape, TasksOf };
export { EotError };

/** Who the server takes you for; null is anonymous (PROTOCOL.md 1.1). */
export type User = { [key: string]: Json } | null;

/** The room that a call is about, one that the client is in; else that of the hello. */
export interface CallOptions {
  room?: string;
}

/** How long to wait for the answer, in milliseconds; else the client's own `deadline`. */
export interface AskOptions extends CallOptions {
  deadline?: number;
}

/**
 * A connection to eot-server's JSON language (PROTOCOL.md 1) that comes back when it is lost: for browsers, workers and
 * Node. `EotClient<TasksOf<typeof settings>>` knows what the tasks of a settings file take, answer and say.
 */
export class EotClient<Tasks extends { [Name in keyof Tasks]: TaskShape } = AnyTasks> {
  /** The id of this connection; a new one after each hello. */
  cid: string | undefined;
  /** Known after the hello; null is anonymous. */
  user: User | undefined;

  readonly #options: ReturnType<typeof complete>;
  readonly #connection: Connection;
  readonly #calls: Calls;
  readonly #heartbeat: Heartbeat;
  readonly #rooms: JoinedRooms;
  readonly #subscriptions = new Subscriptions();
  readonly #events = new Events();

  /** Connects at once. Throws a `TypeError` for what is missing, and what `new WebSocket` throws for a bad url. */
  constructor(options: EotClientOptions = {}) {
    this.#options = complete(options);
    const { url, room, WebSocket, deadline, heartbeat, queueLimit, random } = this.#options;
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
    this.#calls = new Calls(this.#connection, queueLimit, deadline);
    this.#rooms = new JoinedRooms(
      room,
      (task, data) => this.#calls.ask({ task, data }),
      () => this.state !== 'closed' && !this.#connection.writable,
    );
  }

  get state(): State {
    return this.#connection.state;
  }

  /**
   * Calls a task and forgets it: an answer comes to `subscribe`, a failure to `on('error')`. Waits for the connection
   * if there is none. Throws `EotError` `busy` if too many wait already, `closed` after the end.
   */
  send<Name extends keyof Tasks & string>(
    task: Name,
    ...given: Given<Tasks[Name]['data'], CallOptions>
  ): void {
    const [data, { room } = {}] = given as [Json?, CallOptions?];
    this.#calls.send({ task, data, room });
  }

  /**
   * Calls a task and brings its one answer (PROTOCOL.md 1.2). Rejects with an `EotError`; its own `deadline`, in ms,
   * counts from now on and also while the call waits for the connection.
   */
  ask<Name extends EchoesOf<Tasks>, Data extends Json>(
    task: Name,
    data: Data,
    options?: AskOptions,
  ): Promise<Data>;
  ask<Name extends keyof Tasks & string>(
    task: Name,
    ...given: Given<Tasks[Name]['data'], AskOptions>
  ): Promise<Tasks[Name]['answer']>;
  ask(task: string, ...given: unknown[]): Promise<unknown> {
    const [data, { room, deadline } = {}] = given as [Json?, AskOptions?];
    return this.#calls.ask({ task, data, room }, deadline);
  }

  /** Hears every message of this task, in whatever room (PROTOCOL.md 1.3). Returns the way to unsubscribe. */
  subscribe<Name extends keyof Tasks & string>(
    task: Name,
    listener: (message: Message<Tasks[Name]['heard']>) => void,
  ): () => void {
    const heard = listener as (message: Message) => void;
    this.#subscriptions.add(task, heard);
    return () => this.#subscriptions.delete(task, heard);
  }

  unsubscribe<Name extends keyof Tasks & string>(
    task: Name,
    listener: (message: Message<Tasks[Name]['heard']>) => void,
  ): void {
    this.#subscriptions.delete(task, listener as (message: Message) => void);
  }

  /**
   * Joins another room until `leave`, also across reconnects; the listener hears what is said there and nothing else.
   * Made while the connection is away, it waits for it, however long, and before all calls. Rejects as `ask` does,
   * except that it is asked again when `lost`, and with `left`; then the listener hears nothing (PROTOCOL.md 1.5).
   */
  join(room: string, listener?: (message: Message) => void): Promise<Json> {
    return this.#rooms.join(room, listener);
  }

  /** Leaves a room, also that of the hello; its listeners hear no more at once. Rejects as `ask` does, but not with `lost`. */
  leave(room: string): Promise<void> {
    return this.#rooms.leave(room);
  }

  /** Hears new states, or errors; returns the way to stop. While nobody hears the errors, the console does. */
  on<Name extends keyof EotEvents>(name: Name, listener: (value: EotEvents[Name]) => void): () => void {
    return this.#events.on(name, listener);
  }

  /** For good: calls without an answer reject with `closed`. */
  close(): void {
    this.#connection.close();
  }

  async #hello(): Promise<void> {
    const { room, session } = this.#options;
    try {
      const welcome = await this.#calls.askNow('hello', { room, session_id: session });
      ({ cid: this.cid, user: this.user } = welcome as { cid: string; user: User });
      const now = (task: string, data: Json) => this.#calls.askNow(task, { task, data });
      while (this.#rooms.behind) await this.#rooms.rejoin(now, (error) => this.#events.error(error));
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
    this.#calls.askNow('TaskPing', { task: 'TaskPing' }).catch(() => {});
  }

  #heard(text: unknown): void {
    this.#heartbeat.heard();
    const frame = read(text);
    if (frame === undefined) return;
    if ('answer' in frame) this.#calls.settle(frame.answer);
    else if ('error' in frame) this.#events.error(frame.error);
    else {
      this.#subscriptions.tell(frame.message);
      this.#rooms.tell(frame.message);
    }
  }

  #lost(): void {
    this.#heartbeat.stop();
    this.#calls.lost();
    this.#rooms.lost();
  }

  #changed(state: State, error?: EotError): void {
    if (state === 'open') this.#calls.open();
    if (state === 'closed') {
      const reason = error?.message ?? 'this client was closed';
      this.#heartbeat.stop();
      this.#calls.close(reason);
      this.#rooms.close(new EotError('closed', reason));
    }
    this.#events.state(state);
    if (error) this.#events.error(error);
  }
}
