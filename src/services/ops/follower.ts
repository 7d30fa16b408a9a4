import type { Step, Where } from '../../wire/operations.js';

/** So many steps are told each second; the rest is counted. */
const PER_SECOND = 200;

/** The longest words of one step, in characters. */
const LONGEST = 1_000;

/** Somebody who follows a connection: told step by step, in bounds, whatever the connection does. */
export class Follower {
  #second = 0;
  #told = 0;
  #leftOut = 0;
  #rest: NodeJS.Timeout | undefined;

  /** @param over called with why nothing more is told */
  constructor(
    private readonly tell: (step: Step) => void,
    private readonly over: (why: string) => void,
  ) {}

  step(where: Where, what: string): void {
    const now = new Date();
    const second = Math.floor(now.getTime() / 1_000);
    if (second !== this.#second) this.#begin(second);
    if (this.#told++ < PER_SECOND) return this.tell({ time: now.toISOString(), where, what: oneLine(what) });
    this.#leftOut++;
    this.#rest ??= setTimeout(() => this.#begin(0), 1_000);
  }

  /** Tells nothing more. */
  end(why: string): void {
    this.#begin(0);
    this.over(why);
  }

  /** A new second, and a word about what the last one was too short for. */
  #begin(second: number): void {
    clearTimeout(this.#rest);
    this.#rest = undefined;
    const leftOut = this.#leftOut;
    [this.#second, this.#told, this.#leftOut] = [second, 0, 0];
    if (leftOut > 0)
      this.tell({ time: new Date().toISOString(), where: 'service', what: `${leftOut} steps were left out` });
  }
}

/** What comes from a client must not look like a step of its own. */
function oneLine(what: string): string {
  const line = what.slice(0, LONGEST).replace(/[\p{Cc}\u2028\u2029]+/gu, '⏎');
  return what.length > LONGEST ? `${line}… (${what.length} characters)` : line;
}
