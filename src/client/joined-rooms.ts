import type { Json } from '../wire/json.js';
import { EotError } from './eot-error.js';
import type { Message } from './incoming.js';
import { Listeners } from './listeners.js';

type Ask = (task: string, data: Json) => Promise<Json>;

/** How many rooms are rejoined at a time, so that many rooms are not too many calls at once. */
const AT_A_TIME = 8;

/** The rooms that we want to be in, who hears what is said in each, and how to get back into them. */
export class JoinedRooms {
  readonly #rooms = new Map<string, Listeners<Message>>();
  /** Those that the server has let us into; the others are still asked for. */
  readonly #joined = new Set<string>();
  #leftHome = false;

  /** `home` is the room of the hello, which joins it. */
  constructor(private readonly home: string) {}

  /** Joins `room`; a loss on the way is not a failure, it is asked again. Rejects with an `EotError`. */
  async join(ask: Ask, room: string, listener: (message: Message) => void = () => {}): Promise<Json> {
    const listeners = this.#rooms.get(room) ?? new Listeners<Message>();
    this.#rooms.set(room, listeners.add(listener));
    if (room === this.home) this.#leftHome = false;
    for (;;) {
      try {
        const answer = await ask('TaskSubscribe', { room });
        if (this.#rooms.get(room) === listeners) this.#joined.add(room);
        return answer;
      } catch (error) {
        if (has(error, 'lost') && this.#rooms.get(room) === listeners) continue;
        listeners.delete(listener);
        if (listeners.size === 0 && this.#rooms.get(room) === listeners) this.#rooms.delete(room);
        throw error;
      }
    }
  }

  /** Leaves `room`, with all who listened to it. Rejects with an `EotError`. */
  async leave(ask: Ask, room: string): Promise<void> {
    this.#forget(room);
    if (room === this.home) this.#leftHome = true;
    try {
      await ask('TaskUnsubscribe', { room });
    } catch (error) {
      // A new connection is in no room that it did not ask for: either way we are out.
      if (!has(error, 'lost', 'not-joined')) throw error;
    }
  }

  /** After a hello. A room that we may not be in any more is told to `failed`; rejects if it is worth another try. */
  async rejoin(ask: Ask, failed: (error: EotError) => void): Promise<void> {
    const calls = [...this.#joined]
      .filter((room) => room !== this.home)
      .map((room) => ({ task: 'TaskSubscribe', room }));
    if (this.#leftHome) calls.push({ task: 'TaskUnsubscribe', room: this.home });
    const next = async (): Promise<void> => {
      for (let call = calls.shift(); call; call = calls.shift()) {
        const { task, room } = call;
        try {
          await ask(task, { room });
        } catch (error) {
          if (!(error instanceof EotError) || error.transient || has(error, 'lost', 'closed')) throw error;
          this.#forget(room);
          failed(new EotError(error.code, `could not be in ${room} as before: ${error.message}`, task));
        }
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, next));
  }

  tell(message: Message): void {
    if (message.room !== undefined) this.#rooms.get(message.room)?.tell(message);
  }

  #forget(room: string): void {
    this.#rooms.delete(room);
    this.#joined.delete(room);
  }
}

function has(error: unknown, ...codes: string[]): boolean {
  return error instanceof EotError && codes.includes(error.code);
}
