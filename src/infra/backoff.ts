/** How often and how soon a dead service is started again. */
export interface Patience {
  /** At most so many deaths within `period`; one more and the service is parked. */
  intensity: number;
  /** In milliseconds. */
  period: number;
  /** The first wait, in milliseconds; each further one is twice the former. */
  first: number;
  /** The longest wait, in milliseconds. */
  ceiling: number;
  /** After a run of so many milliseconds all former deaths are forgiven. */
  healthy: number;
}

/** Parks a service that dies at once, again and again, after about three seconds. */
export const PATIENCE: Patience = {
  intensity: 5,
  period: 30_000,
  first: 100,
  ceiling: 15_000,
  healthy: 30_000,
};

/** Exponential waits with jitter that heal after a healthy run. Pure: the time is given, nothing is started. */
export class Backoff {
  #deaths: number[] = [];
  #streak = 0;
  #revival = 0;

  constructor(
    private readonly patience: Patience = PATIENCE,
    private readonly random: () => number = Math.random,
  ) {}

  /** A death at `now`: the milliseconds to wait before the next start; undefined when patience has ended. */
  next(now: number): number | undefined {
    const { intensity, period, first, ceiling, healthy } = this.patience;
    if (now - this.#revival >= healthy) this.forget();
    this.#deaths = this.#deaths.filter((death) => now - death < period);
    this.#deaths.push(now);
    if (this.#deaths.length > intensity) return undefined;
    const wait = Math.min(ceiling, first * 2 ** this.#streak++) * (0.75 + this.random() / 2);
    this.#revival = now + wait;
    return wait;
  }

  /** Forgives all deaths: after a healthy run, or when a person starts the service. */
  forget(): void {
    this.#deaths = [];
    this.#streak = 0;
  }
}
