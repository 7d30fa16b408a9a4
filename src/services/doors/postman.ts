import { Burst } from './burst.js';

/** A connection that is owed frames. */
export interface Recipient {
  /** What it is owed; the postman's `nothing` when it is owed nothing. */
  owed: Burst;
  /** Writes what it is owed; called once a turn. */
  deliver(bytes: Buffer): void;
}

/** Writes to each connection once per turn of the loop, at its end: what is said within a turn leaves in one piece. */
export class Postman {
  /** What a connection is owed at the beginning of a turn. */
  readonly nothing = Burst.empty();
  #round: Recipient[] = [];

  /** The frame leaves at the end of this turn, behind what is owed already. */
  post(recipient: Recipient, frame: Buffer): void {
    if (recipient.owed === this.nothing && this.#round.push(recipient) === 1) setImmediate(this.#deliver);
    recipient.owed = recipient.owed.and(frame);
  }

  /** Writes what one connection is owed now, before it is closed. */
  hurry(recipient: Recipient): void {
    const { owed } = recipient;
    if (owed === this.nothing) return;
    recipient.owed = this.nothing;
    recipient.deliver(owed.bytes());
  }

  readonly #deliver = (): void => {
    const round = this.#round;
    this.#round = [];
    for (const recipient of round) this.hurry(recipient);
  };
}
