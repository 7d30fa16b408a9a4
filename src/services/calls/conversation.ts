import type { Logger } from '../../infra/logger.js';
import { type Call, type Flaw, type Hello, readFrame } from '../../wire/frame.js';
import type { Client } from '../rooms/client.js';
import { Message } from '../rooms/message.js';
import { Barred } from '../rooms/room-guards.js';
import type { RoomHandler } from '../rooms/room-handler.js';
import { logAbout } from './call-log.js';
import type { Reception } from './reception.js';
import type { RefusalCode } from './refusal.js';
import type { Router } from './router.js';
import type { Visit } from './visit.js';

/** The services that a conversation leads to. */
export interface Counter {
  readonly reception: Reception;
  readonly router: Router;
  readonly rooms: RoomHandler;
  readonly log: Logger;
}

/** A client that speaks the JSON language. */
export interface JsonClient extends Client {
  /** Whether its hello had a `ref` (PROTOCOL.md, 1.1). */
  modern: boolean;
}

/** How many calls may wait for the hello's answer: each may be as long as a frame. */
const MOST_WAITING = 100;

type Stage = 'strange' | 'welcomed' | 'in' | 'gone';

/** One connection's talk in the JSON language (PROTOCOL.md, 1), whatever carries its frames. */
export class Conversation {
  #stage: Stage = 'strange';
  #room = '';
  #waiting: Call[] | undefined;
  #visit: Visit | undefined;

  constructor(
    private readonly client: JsonClient,
    visit: Visit,
    private readonly counter: Counter,
  ) {
    this.#visit = visit;
  }

  /** A text frame has come. Never throws. */
  hear(text: string): void {
    const frame = readFrame(text);
    if (frame.kind === 'call') this.#call(frame);
    else if (frame.kind === 'hello') this.#hello(frame);
    else this.refuse('bad-frame', frame);
  }

  /** The connection has ended. */
  end(): void {
    const was = this.#stage;
    this.#stage = 'gone';
    this.#waiting = undefined;
    if (was === 'in') this.counter.reception.farewell(this.client);
  }

  /** Tells the client what was wrong with a frame. */
  refuse(code: RefusalCode, { ref, task, message }: Omit<Flaw, 'kind'>): void {
    const error = { code, message, ...(task === undefined ? {} : { task }) };
    if (ref === undefined) this.client.send(new Message({ msgtype: 'error', error }));
    else this.client.send(new Message({ ref, task, error: { code, message } }));
  }

  #call(call: Call): void {
    if (this.#stage === 'in') return this.#route(call);
    const { ref, task } = call;
    if (this.#stage === 'strange')
      return this.refuse('not-joined', {
        ref,
        task,
        message: 'say hello first: a frame with a room and without a task',
      });
    if (!this.#waiting) return;
    if (this.#waiting.length < MOST_WAITING) this.#waiting.push(call);
    else this.refuse('busy', { ref, task, message: 'wait for the answer to the hello' });
  }

  #route(call: Call): void {
    const { client, counter } = this;
    const named = client.modern ? call.frame.room : undefined;
    if (named === undefined) return counter.router.route(call, client, this.#room);
    if (typeof named === 'string' && counter.rooms.isIn(client, named))
      return counter.router.route(call, client, named);
    const { ref, task } = call;
    this.refuse('not-joined', { ref, task, message: 'you are not in the room that the call names' });
  }

  #hello(hello: Hello): void {
    const { ref } = hello;
    if (this.#stage !== 'strange')
      return this.refuse('bad-frame', {
        ref,
        task: undefined,
        message: 'there is one hello for each connection',
      });
    this.#stage = 'welcomed';
    this.#waiting = [];
    this.client.modern = ref !== undefined;
    this.#welcome(hello).catch((error: unknown) => this.#turnAway(hello, error));
  }

  async #welcome({ ref, room, sessionId }: Hello): Promise<void> {
    const { client, counter } = this;
    const visit = this.#visit?.saying(sessionId);
    if (!visit || !(await counter.reception.welcome(client, visit, room, () => this.#stage === 'welcomed')))
      return;
    this.#room = room;
    this.#stage = 'in';
    if (ref !== undefined)
      client.send(new Message({ ref, data: { cid: client.cid, user: client.user, room } }));
    this.#visit = undefined;
    this.#takeWaiting();
  }

  #turnAway({ ref }: Hello, reason: unknown): void {
    const { client, counter } = this;
    const barred = reason instanceof Barred;
    if (!barred) logAbout(counter.log, client).error('a connection could not be welcomed', reason);
    counter.reception.farewell(client);
    if (this.#stage !== 'gone') this.#stage = 'strange';
    const message = barred ? reason.message : 'the server could not let you in; try again';
    this.refuse(barred ? 'refused' : 'internal', { ref, task: undefined, message });
    this.#takeWaiting();
  }

  #takeWaiting(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const call of waiting) this.#call(call);
  }
}
