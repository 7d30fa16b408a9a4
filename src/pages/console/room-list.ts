import type { Page, RoomInfo } from '../../wire/operations.js';
import { button, element, need, write } from './element.js';
import { Pager } from './pager.js';
import { Rows } from './rows.js';

/** The table of rooms. */
export class RoomList {
  readonly #pager: Pager;
  readonly #rows: Rows<RoomInfo>;

  /**
   * @param open asked for with a room's name
   * @param look asks for the list anew
   */
  constructor(open: (room: string) => void, look: () => void) {
    this.#pager = new Pager('#rooms', 'room', look);
    this.#rows = new Rows(
      need('#rooms tbody', HTMLElement),
      ({ room }) => room,
      ({ room }) => {
        const [members, offset] = [
          element('td', { 'data-label': 'Clients' }),
          element('td', { 'data-label': 'Messages' }),
        ];
        const name = button(room, `Show the clients in ${room}`, () => open(room));
        name.className = 'link';
        const show = (now: RoomInfo): void => {
          write(members, String(now.members));
          write(offset, String(now.offset));
        };
        return {
          element: element('tr', {}, element('th', { scope: 'row' }, name), members, offset),
          show,
        };
      },
    );
  }

  /** What to ask the server for. */
  get wanted(): { from: number } {
    return { from: this.#pager.from };
  }

  show({ total, items }: Page<RoomInfo>): void {
    this.#rows.show(items);
    this.#pager.show(items.length, total);
  }
}
