import { once } from 'node:events';
import { createConnection } from 'node:net';
import { WebSocket } from 'ws';
import { Refusal } from '../services/calls/refusal.js';
import type { User } from '../services/rooms/client.js';
import type { Json } from '../wire/json.js';
import { Inbox } from './inbox.js';
import { Line } from './line.js';

/** What is said in a room, or to one visitor (PROTOCOL.md 1.3). */
export interface Message {
  task: string;
  data: Json;
  /** Left out when it was not said in a room. */
  room?: string;
  /** Counts the messages of the room, from 1. */
  offset?: number;
}

/** How somebody visits. */
export interface VisitOptions {
  /** The key of a session: sent as the cookie `sessionid` and as the hello's `session_id`. Anonymous without it. */
  session?: string;
  /** What goes with the upgrade beside it. */
  headers?: Record<string, string>;
  /** How long to wait for what must come, in milliseconds; 5,000 unless said otherwise. */
  patience?: number;
}

type Frame = Record<string, Json | undefined>;

/** Somebody who visits the server under test, and hears what is said there message by message. */
export class Visitor {
  /** The id of this connection. */
  readonly cid: string = '';
  /** Who the server takes the visitor for; null is anonymous. */
  readonly user: User | null = null;
  /** Resolves when the connection has ended, with the web socket's code: 1006 when it was cut. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly #inbox = new Inbox<Message | Refusal>();
  readonly #answers = new Map<number, Inbox<Frame>>();
  #calls = 0;
  #gone: Error | undefined;

  private constructor(
    private readonly socket: WebSocket,
    private readonly line: Line,
    private readonly patience: number,
  ) {
    socket.on('message', (text: Buffer) => this.#heard(JSON.parse(text.toString()) as Frame));
    // A close always follows.
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) =>
      socket.on('close', (code, reason) => resolve(this.#ended(code, reason.toString()))),
    );
  }

  /** Visits a room; throws a Refusal when the server does not let the visitor in. */
  static async in(url: string, room: string, options: VisitOptions = {}): Promise<Visitor> {
    const { session, headers = {}, patience = 5_000 } = options;
    const { hostname, port } = new URL(url);
    const line = new Line(createConnection(Number(port), hostname.replace(/^\[|\]$/g, '')));
    const cookie = session === undefined ? {} : { cookie: `sessionid=${session}` };
    const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, {
      headers: { ...cookie, ...headers },
      createConnection: () => line,
    });
    const visitor = new Visitor(socket, line, patience);
    await once(socket, 'open');
    const hello = session === undefined ? { room } : { room, session_id: session };
    const { cid, user } = (await visitor.#askFrame('the hello', hello)) as { cid: string; user: User };
    return Object.assign(visitor, { cid, user });
  }

  /** What was heard and not awaited yet. */
  get rest(): readonly (Message | Refusal)[] {
    return this.#inbox.rest;
  }

  /**
   * The next message. Rejects when none comes in time, when the connection ends, and with a Refusal when the next
   * that the server tells is that a `send` failed.
   */
  async next(): Promise<Message> {
    const late = () => new Error(`no message came within ${this.patience} ms`);
    const heard = await this.#inbox.next(this.patience, late);
    if (heard instanceof Refusal) throw heard;
    return heard;
  }

  /** The next message of a task, or the next that satisfies; those before it are dropped. Rejects as `next` does. */
  async until(wanted: string | ((message: Message) => boolean)): Promise<Message> {
    const fits = typeof wanted === 'string' ? ({ task }: Message) => task === wanted : wanted;
    const until = Date.now() + this.patience;
    const others: string[] = [];
    const late = () =>
      new Error(`no ${nameOf(wanted)} came within ${this.patience} ms; heard: ${tail(others)}`);
    for (;;) {
      const heard = await this.#inbox.next(until - Date.now(), late);
      if (heard instanceof Refusal) throw heard;
      if (fits(heard)) return heard;
      others.push(heard.task);
    }
  }

  /** Calls a task and wants nothing back. Throws when the connection has ended. */
  send(task: string, data: Json = null, room?: string): void {
    this.#write({ task, data, room });
  }

  /** Calls a task; its answer. Rejects with a Refusal when the server tells an error. */
  ask(task: string, data: Json = null, room?: string): Promise<Json> {
    return this.#askFrame(task, { task, data, room });
  }

  /** Joins one more room. */
  async join(room: string): Promise<void> {
    await this.ask('TaskSubscribe', { room });
  }

  async leave(room: string): Promise<void> {
    await this.ask('TaskUnsubscribe', { room });
  }

  /** Says goodbye, and waits until the connection has ended. */
  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  /** A fault: the connection is lost without a goodbye, and the server learns of it at once. */
  cut(): void {
    this.line.cut();
  }

  /** A fault: from now on all traffic takes so many milliseconds longer, in each way; 0 ends it. */
  delay(milliseconds: number): void {
    this.line.delay(milliseconds);
  }

  async #askFrame(task: string, frame: Frame): Promise<Json> {
    const ref = ++this.#calls;
    const answer = new Inbox<Frame>();
    this.#answers.set(ref, answer);
    try {
      this.#write({ ...frame, ref });
      const late = () => new Error(`no answer to ${task} came within ${this.patience} ms`);
      const { data = null, error } = await answer.next(this.patience, late);
      if (error) throw refusalOf(error);
      return data;
    } finally {
      this.#answers.delete(ref);
    }
  }

  #write(frame: Frame): void {
    if (this.#gone) throw this.#gone;
    this.socket.send(JSON.stringify(frame));
  }

  #heard(frame: Frame): void {
    if (frame.ref !== undefined) this.#answers.get(Number(frame.ref))?.put(frame);
    else if (frame.error) this.#inbox.put(refusalOf(frame.error));
    else this.#inbox.put(frame as unknown as Message);
  }

  #ended(code: number, reason: string): { code: number; reason: string } {
    const why = new Error(`the connection has ended: ${code} ${reason}`.trim());
    this.#gone = why;
    for (const inbox of [this.#inbox, ...this.#answers.values()]) inbox.close(why);
    return { code, reason };
  }
}

function nameOf(wanted: string | object): string {
  return typeof wanted === 'string' ? wanted : 'such message';
}

/** The last of what was heard instead: enough to see what went wrong. */
function tail(tasks: string[]): string {
  return tasks.slice(-10).join(', ') || 'nothing';
}

function refusalOf(error: Json): Refusal {
  const { code, message } = error as { code: string; message: string };
  return new Refusal(code, message);
}
