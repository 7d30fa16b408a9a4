import type { Roll } from '../../wire/telegraph.js';
import type { Labels, Position } from './positions.js';
import { linesOf } from './roll-call.js';

/** The list of those who have acknowledged. */
export class RollList {
  readonly #place: HTMLElement;
  readonly #labels: Labels;

  constructor(place: HTMLElement, labels: Labels) {
    this.#place = place;
    this.#labels = labels;
  }

  /** Shows a roll, if it is that of the order; before the first there is no list. */
  show(roll: Roll | undefined, order: Position | undefined): void {
    this.#place.hidden = roll === undefined;
    if (!roll) return;
    const lines = roll.order === (order ?? null) ? linesOf(roll, this.#labels) : [];
    const items = (lines.length > 0 ? lines : ['by nobody yet']).map((line) => {
      const item = document.createElement('li');
      item.textContent = line;
      return item;
    });
    this.#place.querySelector('ul')?.replaceChildren(...items);
  }
}
