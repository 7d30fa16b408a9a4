interface Waiter<T> {
  take(came: T): void;
  fail(why: Error): void;
}

/** What came and was not asked for yet, and who asked before it came. */
export class Inbox<T> {
  readonly #came: T[] = [];
  readonly #waiters = new Set<Waiter<T>>();
  #end: Error | undefined;

  /** What came and was not asked for yet. */
  get rest(): readonly T[] {
    return [...this.#came];
  }

  put(came: T): void {
    const [waiter] = this.#waiters;
    if (waiter) waiter.take(came);
    else this.#came.push(came);
  }

  /** Nothing more will come: who waits, and who asks when all is taken, is told why. */
  close(why: Error): void {
    this.#end = why;
    for (const waiter of this.#waiters) waiter.fail(why);
  }

  /** The next that comes; rejects with `late` when it does not within so many milliseconds. */
  next(milliseconds: number, late: () => Error): Promise<T> {
    const came = this.#came.splice(0, 1);
    if (came.length > 0) return Promise.resolve(came[0] as T);
    if (this.#end) return Promise.reject(this.#end);
    return new Promise((resolve, reject) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter<T> = {
        take: (it) => {
          done();
          resolve(it);
        },
        fail: (why) => {
          done();
          reject(why);
        },
      };
      const timer = setTimeout(() => waiter.fail(late()), milliseconds);
      this.#waiters.add(waiter);
    });
  }
}
