/** The room whose last message is the order that stands. */
export const TELEGRAPH = 'telegraph';

/** The task in whose name an order is said. */
export const ORDER = 'Order';

/** The task in whose name the engine room's answer is said there, in two-way mode. */
export const ANSWER = 'Answer';

/** Where the hands of a telegraph rest that has no order: at the top. */
export const REST = 6;

/** The room in which it is said who has acknowledged the order, when the settings allow it. */
export const ROLL_CALL = 'telegraph/acknowledgements';

/** The task in whose name that is said, and which answers it. */
export const ROLL = 'TaskAcknowledgements';

/** Who has acknowledged what, since an order was given. */
export interface Roll {
  /** The order; null when none stands. */
  readonly order: number | null;
  /** The latest of each visitor, in the order in which they first spoke; a name is null for an anonymous one. */
  readonly by: readonly { readonly name: string | null; readonly position: number }[];
}

/** What a panel is told in its page, before any socket is open. */
export interface PanelFacts {
  readonly labels: readonly string[];
  readonly mode: 'status' | 'two-way';
  readonly station: 'choose' | 'bridge' | 'engine';
  readonly acknowledgements: boolean;
  /** The order that stood when the page was asked for; null when there was none. */
  readonly order: number | null;
}

/** The position that a text names; undefined when it names none (PROTOCOL.md, 2). */
export function positionOf(text: string): number | undefined {
  return /^(?:[1-9]|1[01])$/.test(text) ? Number(text) : undefined;
}
