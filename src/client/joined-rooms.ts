import type { Json } from '../wire/json.js';
import { EotError } from './eot-error.js';
import type { Message } from './incoming.js';
import { Listeners } from './listeners.js';

type Ask = (task: string, data: Json) => Promise<Json>;

interface Waiter {
  resolve(answer: Json): void;
  reject(error: EotError): void;
}

/** A room that we want to be in. */
interface Place {
  readonly listeners: Listeners<Message>;
  /** The server has let us in, once. */
  joined: boolean;
  /** Joins that were made while the connection was away. */
  waiting: Waiter[];
}

/** How many rooms are rejoined at a time, so that many rooms are not too many calls at once. */
const AT_A_TIME = 8;

/** The rooms that we want to be in, who hears what is said in each, and how to get back into them. */
export class JoinedRooms {
  readonly #places = new Map<string, Place>();
  /** The rooms that this connection has been asked about, before it was open. */
  readonly #asked = new Set<string>();
  #leftHome = false;

  /** `home` is the room of the hello, which joins it. While it is `away`, what is wanted is left to `rejoin`. */
  constructor(
    private readonly home: string,
    private readonly ask: Ask,
    private readonly away: () => boolean,
  ) {}

  /** Joins `room`, when the connection is there; a loss on the way is not a failure. Rejects with an `EotError`. */
  async join(room: string, listener: (message: Message) => void = () => {}): Promise<Json> {
    const place = this.#places.get(room) ?? { listeners: new Listeners(), joined: false, waiting: [] };
    this.#places.set(room, place);
    place.listeners.add(listener);
    if (room === this.home) this.#leftHome = false;
    for (;;) {
      try {
        const answer = await (this.away() ? later(place) : this.ask('TaskSubscribe', { room }));
        place.joined = true;
        return answer;
      } catch (error) {
        const wanted = this.#places.get(room) === place;
        if (has(error, 'lost') && wanted) continue;
        place.listeners.delete(listener);
        if (wanted && place.listeners.size === 0) this.#places.delete(room);
        throw error;
      }
    }
  }

  /** Leaves `room`, with all who listened to it or waited for it. Rejects with an `EotError`. */
  async leave(room: string): Promise<void> {
    this.#forget(room, new EotError('left', `${room} was left before it was joined`));
    if (room === this.home) this.#leftHome = true;
    // A new connection is in no room that it did not ask for.
    if (this.away() && !this.#asked.has(room)) return;
    try {
      await this.ask('TaskUnsubscribe', { room });
    } catch (error) {
      if (!has(error, 'lost', 'not-joined')) throw error;
    }
  }

  /** Whether there is a room to be asked for before this connection is open. */
  get behind(): boolean {
    return this.#next() !== undefined;
  }

  /** After a hello. A room that we may not be in any more is told to `failed`; rejects if it is worth another try. */
  async rejoin(ask: Ask, failed: (error: EotError) => void): Promise<void> {
    const work = async (): Promise<void> => {
      for (let room = this.#next(); room !== undefined; room = this.#next()) {
        this.#asked.add(room);
        const place = this.#places.get(room);
        const waiting = place?.waiting.splice(0) ?? [];
        const task = place ? 'TaskSubscribe' : 'TaskUnsubscribe';
        try {
          const answer = await ask(task, { room });
          for (const { resolve } of waiting) resolve(answer);
        } catch (error) {
          if (!(error instanceof EotError)) throw error;
          if (error.transient || has(error, 'lost', 'closed')) {
            place?.waiting.push(...waiting);
            throw error;
          }
          if (!place || place.joined)
            failed(new EotError(error.code, `could not be in ${room} as before: ${error.message}`, task));
          if (place === this.#places.get(room)) this.#forget(room, error);
          for (const { reject } of waiting) reject(error);
        }
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, work));
  }

  lost(): void {
    this.#asked.clear();
  }

  /** For good: whoever waits is told the error. */
  close(error: EotError): void {
    for (const room of this.#places.keys()) this.#forget(room, error);
  }

  tell(message: Message): void {
    if (message.room !== undefined) this.#places.get(message.room)?.listeners.tell(message);
  }

  #next(): string | undefined {
    for (const [room, { joined, waiting }] of this.#places)
      if (waiting.length > 0 || (joined && room !== this.home && !this.#asked.has(room))) return room;
    return this.#leftHome && !this.#asked.has(this.home) ? this.home : undefined;
  }

  #forget(room: string, error: EotError): void {
    const place = this.#places.get(room);
    this.#places.delete(room);
    for (const { reject } of place?.waiting.splice(0) ?? []) reject(error);
  }
}

function later(place: Place): Promise<Json> {
  return new Promise((resolve, reject) => place.waiting.push({ resolve, reject }));
}

function has(error: unknown, ...codes: string[]): boolean {
  return error instanceof EotError && codes.includes(error.code);
}
