/**
 * What connections are owed within one turn of the loop, in order. Connections that are owed the same share the
 * same burst, and so its joined bytes: frames are joined once, however many receive them.
 */
export class Burst {
  #next: Burst | undefined;
  #joined: Buffer | undefined;

  private constructor(
    private readonly before: Burst | undefined,
    private readonly frame: Buffer,
    private readonly size: number,
  ) {}

  /** The burst of nothing, where every turn begins. */
  static empty(): Burst {
    return new Burst(undefined, Buffer.alloc(0), 0);
  }

  /** This burst and one frame more. */
  and(frame: Buffer): Burst {
    if (this.#next?.frame === frame) return this.#next;
    this.#next = new Burst(this, frame, this.size + frame.length);
    return this.#next;
  }

  /** All frames as one buffer, not to be changed. */
  bytes(): Buffer {
    if (this.size === this.frame.length) return this.frame;
    this.#joined ??= this.#join();
    return this.#joined;
  }

  #join(): Buffer {
    const joined = Buffer.allocUnsafe(this.size);
    let end = this.size;
    for (let at: Burst | undefined = this; at; at = at.before) {
      end -= at.frame.length;
      at.frame.copy(joined, end);
    }
    return joined;
  }
}
