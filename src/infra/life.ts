import { errorFrom } from './error-from.js';
import type { Service } from './service.js';
import { endedWithin, TimeLimit } from './time-limit.js';

/** Within how many milliseconds a service must be ready, and must have stopped. */
export interface Limits {
  startWithin: number;
  stopWithin: number;
}

/** One run of a service's `main`: from its call to its end, never twice. */
export class Life {
  /** Resolves at `ready()`; rejects when `main` ended before it, took too long, or was left behind. */
  readonly ready: Promise<void>;
  /** Resolves when `main` has ended, with why: the error that it threw, or undefined when it returned. */
  readonly ended: Promise<Error | undefined>;
  readonly #controller = new AbortController();
  #fate: Error | undefined;
  #up: () => void = () => undefined;
  #leave: () => void = () => undefined;

  constructor(
    private readonly name: string,
    private readonly service: Service,
    private readonly limits: Limits,
  ) {
    const called = new Promise<void>((resolve) => {
      this.#up = resolve;
    });
    const left = new Promise<void>((resolve) => {
      this.#leave = resolve;
    });
    this.ended = this.#live();
    this.ready = this.#awaitReady(called, left);
    this.ready.catch(() => undefined);
  }

  /** Tells the service to stop and waits until it has; throws when it fails to, or does not in time (milliseconds). */
  async stop(atMost = Number.POSITIVE_INFINITY): Promise<void> {
    const stopWithin = Math.min(this.limits.stopWithin, atMost);
    try {
      const inTime = await endedWithin(this.#disable(), stopWithin);
      if (!inTime)
        throw new Error(`${this.name} did not stop within ${stopWithin / 1000} s; it was left behind`);
    } finally {
      this.#controller.abort();
      this.#leave();
    }
  }

  /** Ends it as a failure of its own would: its signal aborts, and whatever `main` does then, it died of `why`. */
  die(why: Error): void {
    this.#fate = why;
    this.#controller.abort();
  }

  async #live(): Promise<Error | undefined> {
    const { signal } = this.#controller;
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
    try {
      await this.service.main({ signal, stopped, ready: () => this.#up() });
      return this.#fate;
    } catch (error) {
      return this.#fate ?? errorFrom(error);
    } finally {
      this.#controller.abort();
    }
  }

  async #awaitReady(called: Promise<void>, left: Promise<void>): Promise<void> {
    const { startWithin } = this.limits;
    const limit = new TimeLimit(startWithin);
    const ended = this.ended.then((why): never => {
      const how = why ? `failed before it was ready: ${why.message}` : 'returned before it was ready';
      throw new Error(`${this.name} ${how}`, { cause: why });
    });
    const late = limit.over.then((): never => {
      const seconds = startWithin / 1000;
      throw new Error(`${this.name} was not ready within ${seconds} s: did main() forget to call ready()?`);
    });
    const stopped = left.then((): never => {
      throw new Error(`${this.name} was stopped before it was ready`);
    });
    try {
      await Promise.race([called, ended, late, stopped]);
    } catch (error) {
      this.#controller.abort();
      throw error;
    } finally {
      limit.callOff();
    }
  }

  async #disable(): Promise<void> {
    try {
      await this.service.disable?.();
    } finally {
      this.#controller.abort();
    }
    const why = await this.ended;
    if (why) throw why;
  }
}
