/** Between two sentences, in milliseconds. */
const EVERY = 1_000;
const LONGEST = 24;

/** Says what was skipped: the first at once, and how many more at most once a second. */
export class Skipped {
  #more = 0;
  #last = '';
  #quiet: NodeJS.Timeout | undefined;

  constructor(private readonly say: (sentence: string) => void) {}

  note(line: string): void {
    if (this.#quiet) {
      this.#more++;
      this.#last = line;
      return;
    }
    this.say(`skipped ${quoted(line)}: an order is a number from 1 to 11`);
    this.#wait();
  }

  /** Says what was not said yet. */
  end(): void {
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    if (this.#more > 0) this.say(`skipped ${this.#more} more, the last of them ${quoted(this.#last)}`);
    this.#more = 0;
  }

  #wait(): void {
    this.#quiet = setTimeout(() => {
      const more = this.#more > 0;
      this.end();
      if (more) this.#wait();
    }, EVERY);
  }
}

/** A line that may be shown on a terminal: what is not plain could command it. */
function quoted(line: string): string {
  const plain = line.replace(/[^\x20-\x7e]/g, '?');
  return plain.length > LONGEST ? `"${plain.slice(0, LONGEST)}"…` : `"${plain}"`;
}
