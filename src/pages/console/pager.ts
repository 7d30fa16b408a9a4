import { PAGE } from '../../wire/operations.js';
import { button, need, write } from './element.js';

/** Turns the pages of a long list. */
export class Pager {
  from = 0;
  readonly #words = document.createElement('span');
  readonly #back: HTMLButtonElement;
  readonly #on: HTMLButtonElement;

  /** @param what is listed, in the singular */
  constructor(
    section: string,
    private readonly what: string,
    turned: () => void,
  ) {
    const turn = (by: number) => () => {
      this.from = Math.max(0, this.from + by);
      turned();
    };
    this.#back = button('Back', `The ${what}s before these`, turn(-PAGE));
    this.#on = button('On', `The ${what}s after these`, turn(PAGE));
    need(`${section} .pager`, HTMLElement).append(this.#words, this.#back, this.#on);
  }

  /** Says which part of how many is shown. */
  show(shown: number, total: number): void {
    const all = shown === total;
    const part = all ? `${total || 'no'}` : `${this.from + 1}–${this.from + shown} of ${total}`;
    write(this.#words, `${part} ${this.what}${total === 1 ? '' : 's'}`);
    this.#back.hidden = this.#on.hidden = all;
    this.#back.disabled = this.from === 0;
    this.#on.disabled = this.from + shown >= total;
    // Those who were here have left meanwhile.
    if (shown === 0 && this.from > 0) this.from = Math.max(0, Math.ceil(total / PAGE - 1) * PAGE);
  }
}
