/** The most of one line that is kept, in bytes: no order is longer. */
const LONGEST = 64;
const LF = 0x0a;
const CR = 0x0d;

/** Cuts bytes into lines, at line feeds and carriage returns. Empty lines are none; of a longer line its front is kept. */
export class LineCutter {
  readonly #line = Buffer.alloc(LONGEST);
  #length = 0;

  /** @param told hears each line, without its end; one that was too long ends with `…` */
  constructor(private readonly told: (line: string) => void) {}

  take(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (byte === LF || byte === CR) this.end();
      else if (this.#length++ < LONGEST) this.#line[this.#length - 1] = byte;
    }
  }

  /** There is no more: the last line needs no end of its own. */
  end(): void {
    if (this.#length > 0) this.told(this.#text());
    this.#length = 0;
  }

  /** What was begun is broken off: the source is another from now on. */
  drop(): void {
    this.#length = 0;
  }

  #text(): string {
    const text = this.#line.toString('latin1', 0, Math.min(this.#length, LONGEST));
    return this.#length > LONGEST ? `${text}…` : text;
  }
}
