import type { State } from './connection.js';
import type { EotError } from './eot-error.js';
import { Listeners } from './listeners.js';

/** What a client tells: each new state; and errors that answer no call, for `send` has no answer to fail with. */
export interface EotEvents {
  state: State;
  error: EotError;
}

/** Who wants to hear which event. */
export class Events {
  readonly #listeners: { [Name in keyof EotEvents]: Listeners<EotEvents[Name]> } = {
    state: new Listeners(),
    error: new Listeners(),
  };

  on<Name extends keyof EotEvents>(name: Name, listener: (value: EotEvents[Name]) => void): () => void {
    const listeners: Listeners<EotEvents[Name]> = this.#listeners[name];
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  state(state: State): void {
    this.#listeners.state.tell(state);
  }

  /** No error is swallowed: while nobody listens, the console hears it. */
  error(error: EotError): void {
    if (this.#listeners.error.size === 0) console.error(error);
    else this.#listeners.error.tell(error);
  }
}
