import type { Roll } from '../../wire/telegraph.js';
import { Dial } from './dial.js';
import { indicated, isUnanswered, type PanelState } from './panel-state.js';
import type { Labels, Position } from './positions.js';
import { RollList } from './roll-list.js';
import { sentence } from './sentence.js';

/** All of the page that shows the state; nothing else writes there. */
export class Screen {
  readonly #title = document.title;
  readonly #labels: Labels;
  readonly #dial: Dial;
  readonly #roll: RollList;
  readonly #status = part('status');

  constructor(labels: Labels, press: (position: Position) => void) {
    this.#labels = labels;
    this.#dial = new Dial(part('dial'), labels, press);
    this.#roll = new RollList(part('roll'), labels);
  }

  show(state: PanelState, roll: Roll | undefined): void {
    const position = indicated(state);
    const { dataset } = document.body;
    this.#dial.show(position, state.handle, state.connection === 'up');
    this.#roll.show(roll, state.order);
    dataset.connection = state.connection;
    dataset.answer = position === undefined ? 'none' : isUnanswered(state) ? 'wanted' : 'given';
    const text = sentence(state, this.#labels);
    // Written anew, it would be read aloud anew.
    if (this.#status.textContent !== text) this.#status.textContent = text;
    document.title = `${this.#headline(state)}${this.#title}`;
  }

  /** What the tab says of the state, for those who look at another one. */
  #headline(state: PanelState): string {
    if (state.connection !== 'up') return '○ ';
    const position = state.station === 'bridge' ? state.handle : state.order;
    if (position === undefined) return '';
    return `${isUnanswered(state) ? '● ' : ''}${this.#labels[position]} · `;
  }
}

/** The part of panel.html with this id. Throws when there is none. */
export function part<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (!element) throw new Error(`panel.html has no element with the id ${id}`);
  return element as E;
}
