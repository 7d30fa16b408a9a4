import type { FrameTemplate } from './frame-template.js';
import { FIRST } from './sequence.js';
import type { Traffic } from './traffic.js';
import type { Listener, Visitor } from './visitor.js';

/** Counts of the messages in flight, by the low bits of their numbers; more than any row has in flight. */
const RING = 64;

/** A room whose first member publishes the next message when all members have received one. */
class RoomOfVisitors implements Listener {
  published = 0;
  received = 0;
  readonly #members: number;
  readonly #publisher: Visitor;
  readonly #template: FrameTemplate;
  readonly #traffic: RoomTraffic;
  readonly #arrivals = new Int32Array(RING);
  #completed = 0;

  constructor(members: Visitor[], publisher: Visitor, template: FrameTemplate, traffic: RoomTraffic) {
    this.#members = members.length;
    this.#publisher = publisher;
    this.#template = template;
    this.#traffic = traffic;
    for (const member of members) member.listener = this;
  }

  delivered(sequence: number): void {
    this.received += 1;
    const place = sequence % RING;
    const arrivals = (this.#arrivals[place] ?? 0) + 1;
    this.#arrivals[place] = arrivals === this.#members ? 0 : arrivals;
    if (arrivals === this.#members) this.#completed += 1;
  }

  chunkEnd(): void {
    const free = this.#traffic.inFlight - (this.published - this.#completed);
    if (!this.#traffic.open || free === 0) return;
    this.#publisher.send(this.#template.burst(FIRST + this.published, free));
    this.published += free;
  }

  underWay(): number {
    return this.published * this.#members - this.received;
  }
}

/** Rooms of equal size, each with its own messages in flight. */
export class RoomTraffic implements Traffic {
  open = false;
  readonly inFlight: number;
  readonly #rooms: RoomOfVisitors[] = [];

  /** `visitors` come room by room, `size` to each; `template` makes what is said in room number n. */
  constructor(
    visitors: Visitor[],
    size: number,
    template: (room: number) => FrameTemplate,
    inFlight: number,
  ) {
    this.inFlight = inFlight;
    for (let from = 0; from < visitors.length; from += size) {
      const members = visitors.slice(from, from + size);
      const publisher = members[0];
      if (publisher) this.#rooms.push(new RoomOfVisitors(members, publisher, template(from / size), this));
    }
  }

  begin(): void {
    this.open = true;
    for (const room of this.#rooms) room.chunkEnd();
  }

  end(): void {
    this.open = false;
  }

  underWay(): number {
    return this.#rooms.reduce((sum, room) => sum + room.underWay(), 0);
  }
}
