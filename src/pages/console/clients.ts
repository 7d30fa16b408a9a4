import type { ClientInfo, Page } from '../../wire/operations.js';
import { button, element, need, write } from './element.js';
import { Pager } from './pager.js';
import { type Row, Rows } from './rows.js';

/** What can be done with a client. */
export interface Deeds {
  follow(cid: string, name: string): void;
  disconnect(cid: string, name: string): void;
  /** Asks for the list anew: another part of it is wanted. */
  look(): void;
}

/** The table of clients: of all, or of one room. */
export class Clients {
  /** The room whose clients are shown; undefined for all. */
  room: string | undefined;
  /** The cid of the console itself. */
  own: string | undefined;
  readonly #pager: Pager;
  readonly #rows: Rows<ClientInfo>;
  readonly #find = need('#find', HTMLInputElement);
  readonly #everywhere = need('#everywhere', HTMLButtonElement);

  constructor(private readonly deeds: Deeds) {
    this.#pager = new Pager('#clients', 'client', () => deeds.look());
    const body = need('#clients tbody', HTMLElement);
    this.#rows = new Rows(
      body,
      ({ cid }) => cid,
      (info) => this.#row(info),
    );
    this.#find.addEventListener('input', () => this.#again());
    this.#find.form?.addEventListener('submit', (event) => event.preventDefault());
    this.#everywhere.addEventListener('click', () => this.of(undefined));
  }

  /** What to ask the server for. */
  get wanted(): { from: number; find: string; room?: string } {
    const { room } = this;
    return { from: this.#pager.from, find: this.#find.value.trim(), ...(room === undefined ? {} : { room }) };
  }

  /** Shows the clients of one room, or of all. */
  of(room: string | undefined): void {
    this.room = room;
    this.#everywhere.hidden = room === undefined;
    write(this.#everywhere, `in ${room} ✕`);
    this.#everywhere.setAttribute('aria-label', `Only in ${room}: show all`);
    this.#again();
  }

  show({ total, items }: Page<ClientInfo>): void {
    this.#rows.show(items);
    this.#pager.show(items.length, total);
  }

  #again(): void {
    this.#pager.from = 0;
    this.deeds.look();
  }

  #row({ cid, user, address }: ClientInfo): Row<ClientInfo> {
    const { deeds } = this;
    const name = user ?? 'anonymous';
    const said = `${name}, ${cid.slice(0, 8)}`;
    const rooms = element('td', { 'data-label': 'Rooms' });
    const end = button('Disconnect', `Disconnect ${said}`, () => deeds.disconnect(cid, said));
    const follow = button('Trace', `Trace ${said}`, () => deeds.follow(cid, said));
    const who = element('th', { scope: 'row' }, element('b', {}, name), element('code', {}, cid));
    const acts = element('td', { class: 'acts' }, follow, end);
    const from = element('td', { 'data-label': 'Address' }, address);
    const row = element('tr', {}, who, from, rooms, acts);
    return {
      element: row,
      show: (now) => {
        const own = cid === this.own;
        row.classList.toggle('own', own);
        end.disabled = own;
        end.title = own ? 'this is you' : '';
        const more = now.places - now.rooms.length;
        write(rooms, now.rooms.join(', ') + (more > 0 ? ` and ${more} more` : ''));
      },
    };
  }
}
