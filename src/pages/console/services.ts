import type { ServiceState } from '../../wire/operations.js';
import { button, element, need, write } from './element.js';
import { moment } from './moment.js';
import { type Row, Rows } from './rows.js';

/** What a state means, for those who have not read the manual. */
const MEANINGS: Readonly<Record<string, string>> = {
  available: 'stopped',
  starting: 'starting',
  enabled: 'running',
  stopping: 'stopping',
  dead: 'dead, it is resurrected soon',
  parked: 'parked: given up until it is restarted',
};

/** The table of services. */
export class Services {
  readonly #rows: Rows<ServiceState>;

  /** @param restart asked for with the name of a service */
  constructor(private readonly restart: (name: string) => void) {
    const body = need('#services tbody', HTMLElement);
    this.#rows = new Rows(
      body,
      ({ name }) => name,
      (state) => this.#row(state),
    );
  }

  /** Shows all of them, as they stand. */
  show(states: readonly ServiceState[]): void {
    this.#rows.show(states);
  }

  /** One of them has changed. */
  change(state: ServiceState): void {
    this.#rows.put(state);
  }

  #row({ name }: ServiceState): Row<ServiceState> {
    const [state, since, deaths, reason] = [
      cell('State'),
      cell('Since'),
      cell('Deaths'),
      cell('Last reason'),
    ];
    const lamp = element('span', { class: 'lamp', 'aria-hidden': 'true' });
    const word = element('span');
    state.append(lamp, word);
    const act = button('Restart', `Restart ${name}`, () => this.restart(name));
    const title = element('th', { scope: 'row' }, name);
    const row = element('tr', {}, title, state, since, deaths, reason, element('td', { class: 'acts' }, act));
    return {
      element: row,
      show(now) {
        row.dataset.state = now.state;
        write(word, now.state);
        state.title = MEANINGS[now.state] ?? '';
        write(since, moment(now.since));
        write(deaths, String(now.deaths));
        deaths.classList.toggle('some', now.deaths > 0);
        write(reason, now.reason ?? '');
        act.disabled = now.state === 'stopping' || now.state === 'starting';
      },
    };
  }
}

function cell(label: string): HTMLTableCellElement {
  return element('td', { 'data-label': label });
}
