/** A promise of a moment that can be called off. */
export class TimeLimit {
  /** Resolves after the given time; never, when called off before. */
  readonly over: Promise<void>;
  #timeout: NodeJS.Timeout | undefined;

  /** @param milliseconds from now */
  constructor(milliseconds: number) {
    this.over = new Promise((resolve) => {
      this.#timeout = setTimeout(resolve, milliseconds);
    });
  }

  callOff(): void {
    clearTimeout(this.#timeout);
  }
}

/** Waits for `work`, at most so many milliseconds; tells whether it ended in time. Its failure is thrown. */
export async function endedWithin(work: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const limit = new TimeLimit(milliseconds);
  try {
    return await Promise.race([work.then(() => true), limit.over.then(() => false)]);
  } finally {
    limit.callOff();
  }
}
