import type { Client, User } from './client.js';
import type { Peer } from './peer.js';

/** Says whether a user, or an anonymous visitor (null), may be in a room. */
export type RoomGuard = (user: User | null, peer: Peer) => boolean;

/** A client may not be in this room; its message may be told to it. */
export class Barred extends Error {
  override readonly name = 'Barred';
}

/** Who may be in which room; rooms without a guard are for everybody. */
export class RoomGuards {
  readonly #guards = new Map<string, RoomGuard>();

  /** Throws when the room has a guard already: what lets two kinds of people in guards for neither. */
  set(room: string, guard: RoomGuard): void {
    if (this.#guards.has(room)) throw new Error(`the room ${room} has a guard already`);
    this.#guards.set(room, guard);
  }

  /** Throws `Barred` for whom the room's guard does not let in, and what the guard throws. */
  check({ user, peer }: Client, room: string): void {
    const guard = this.#guards.get(room);
    // Only true lets in: what a guard merely promises does not.
    if (guard && guard(user, peer) !== true)
      throw new Barred(`the room ${room} is not for ${user ? user.username : 'anonymous visitors'}`);
  }
}
