import type { Message } from './incoming.js';
import { Listeners } from './listeners.js';

/** Who wants to hear which task. */
export class Subscriptions {
  readonly #tasks = new Map<string, Listeners<Message>>();

  add(task: string, listener: (message: Message) => void): void {
    const listeners = this.#tasks.get(task) ?? new Listeners<Message>();
    this.#tasks.set(task, listeners.add(listener));
  }

  delete(task: string, listener: (message: Message) => void): void {
    this.#tasks.get(task)?.delete(listener);
  }

  tell(message: Message): void {
    this.#tasks.get(message.task)?.tell(message);
  }
}
