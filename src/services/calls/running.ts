import { endedWithin } from '../../infra/time-limit.js';
import type { Client } from '../rooms/client.js';
import { Refusal } from './refusal.js';
import type { Answer } from './task.js';
import type { Work } from './work.js';

export interface RouterOptions {
  /** Calls at work at one time, of all clients; 10,000 unless said otherwise. */
  calls?: number;
  /** Calls at work of one connection; 100 unless said otherwise. */
  callsPerClient?: number;
}

/** The calls whose tasks have not ended yet: each with its deadline, and bounded in number. */
export class Running {
  readonly #interrupts = new Map<Work, () => void>();
  readonly #counts = new Map<Client, number>();
  #drained: (() => void) | undefined;

  /** @param bounds asked at each call: a reload may have changed them */
  constructor(private readonly bounds: RouterOptions) {}

  get size(): number {
    return this.#interrupts.size;
  }

  /** Throws a Refusal `busy` when this client, or everybody together, has too much at work. */
  admit(client: Client): void {
    const { calls = 10_000, callsPerClient = 100 } = this.bounds;
    if (this.size >= calls || (this.#counts.get(client) ?? 0) >= callsPerClient)
      throw new Refusal('busy', 'too many calls are running; try again');
  }

  /** The answer of a task that takes its time; throws a Refusal `deadline` when it takes too long (milliseconds). */
  async watch(work: Work, answer: Promise<Answer>, deadline: number, interrupt: () => void): Promise<Answer> {
    this.#add(work, interrupt);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        const reason = new Refusal('deadline', `${work.task} took longer than ${deadline / 1000} s`);
        reject(reason);
        this.#breakOff(work, reason);
      }, deadline);
    });
    try {
      return await Promise.race([answer, late]);
    } catch (error) {
      // However a task that was broken off fails, that it was broken off is why.
      throw work.broken ?? error;
    } finally {
      clearTimeout(timer);
      this.#remove(work);
    }
  }

  /** Breaks off the calls of a client that has left. */
  cancel(client: Client): void {
    if (!this.#counts.has(client)) return;
    const reason = new Refusal('refused', 'the caller has left');
    for (const work of this.#interrupts.keys()) if (work.client === client) this.#breakOff(work, reason);
  }

  /** Breaks off all calls and waits until their tasks have ended, for so many milliseconds at most. */
  async drain(atMost: number): Promise<void> {
    const empty = new Promise<void>((resolve) => {
      this.#drained = resolve;
    });
    for (const work of this.#interrupts.keys()) this.#breakOff(work, new Refusal('busy', 'the server stops'));
    if (this.size > 0) await endedWithin(empty, atMost);
    this.#drained = undefined;
  }

  #breakOff(work: Work, reason: Refusal): void {
    if (work.broken) return;
    work.breakOff(reason);
    this.#interrupts.get(work)?.();
  }

  #add(work: Work, interrupt: () => void): void {
    this.#interrupts.set(work, interrupt);
    this.#counts.set(work.client, (this.#counts.get(work.client) ?? 0) + 1);
  }

  #remove(work: Work): void {
    this.#interrupts.delete(work);
    const count = (this.#counts.get(work.client) ?? 1) - 1;
    if (count > 0) this.#counts.set(work.client, count);
    else this.#counts.delete(work.client);
    if (this.size === 0) this.#drained?.();
  }
}
