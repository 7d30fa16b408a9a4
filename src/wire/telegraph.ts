/** The room whose last message is the order that stands. */
export const TELEGRAPH = 'telegraph';

/** The task in whose name an order is said. */
export const ORDER = 'Order';

/** The position that a text names; undefined when it names none (PROTOCOL.md, 2). */
export function positionOf(text: string): number | undefined {
  return /^(?:[1-9]|1[01])$/.test(text) ? Number(text) : undefined;
}
