import type { Step } from '../../wire/operations.js';
import { element, need } from './element.js';
import { instant } from './moment.js';

/** How many steps are kept: the oldest go first. */
const LENGTH = 500;

/** The steps of the client that is followed, the latest at the end. */
export class Tape {
  readonly #list = need('#trace ol', HTMLElement);

  constructor() {
    // What scrolls must be scrolled by keyboard, too.
    this.#list.tabIndex = 0;
  }

  clear(): void {
    this.#list.replaceChildren();
  }

  add({ time, where, what }: Step): void {
    const list = this.#list;
    // Who has scrolled back to read is left there.
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    const when = element('time', { datetime: time }, instant(time));
    list.append(
      element('li', { 'data-where': where }, when, element('i', {}, where), element('span', {}, what)),
    );
    while (list.childElementCount > LENGTH) list.firstElementChild?.remove();
    if (atEnd) list.scrollTop = list.scrollHeight;
  }
}
