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

  /** Shows a roll, if it is that of the order. */
  show(roll: Roll | undefined, order: Position | undefined): void {
    const lines = roll && roll.order === (order ?? null) ? linesOf(roll, this.#labels) : [];
    const list = this.#place.querySelector('ul');
    list?.replaceChildren(
      ...lines.map((line) => {
        const item = document.createElement('li');
        item.textContent = line;
        return item;
      }),
    );
    this.#place.hidden = lines.length === 0;
  }
}
