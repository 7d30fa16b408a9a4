/** Notices that the other side is gone although nobody said so: a pulled cable, a sleeping laptop, a silent proxy. */
export class Heartbeat {
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** After `interval` ms of silence it calls `ping`; after two fifths of that more, `dead`. */
  constructor(
    private readonly interval: number,
    private readonly ping: () => void,
    private readonly dead: () => void,
  ) {}

  /** Something was heard; the silence begins anew. */
  heard(): void {
    this.stop();
    this.#timer = setTimeout(() => this.check(), this.interval);
  }

  /** Does not wait for silence: pings now. */
  check(): void {
    this.stop();
    this.#timer = setTimeout(this.dead, this.interval * 0.4);
    this.ping();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
