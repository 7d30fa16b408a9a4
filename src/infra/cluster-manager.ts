import type { Json } from '../wire/json.js';
import { errorFrom } from './error-from.js';
import type { Logger } from './logger.js';

/** What hears an event of another server: the data, and the name of the server that said it. */
export type ClusterListener = (data: Json, source: string) => void;

/** Carries events between the servers of a cluster. This one is for a server that is alone: what it says succeeds and reaches nobody. */
export class ClusterManager {
  readonly #listeners = new Map<string, Set<ClusterListener>>();

  constructor(private readonly log: Logger) {}

  /** Tells the other servers, never this one; a dead server is logged, nothing is thrown. */
  say(_event: string, _data: Json): void {}

  /** Hears an event of other servers; returns what ends it. Throws when the event has no name or the listener is no function. */
  subscribe(event: string, listener: ClusterListener): () => void {
    if (!event) throw new Error('subscribe needs the name of an event');
    if (typeof listener !== 'function') throw new Error(`subscribe to ${event} needs a function`);
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#listeners.get(event) === listeners) this.#listeners.delete(event);
    };
  }

  /** An event has come from another server: every listener hears it, also when one of them throws. */
  protected hear(event: string, data: Json, source: string): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      try {
        listener(data, source);
      } catch (error) {
        this.log.error(`a listener of ${event} failed: ${errorFrom(error).message}`, error);
      }
    }
  }

  /** Leaves the cluster. */
  async close(): Promise<void> {
    this.#listeners.clear();
  }
}
