import { PAGE, type Page } from '../../wire/operations.js';

/** A part of what may be thousands, and how many there are in all. */
export function pageOf<From, Item>(
  all: Iterable<From>,
  from: number,
  shown: (one: From) => Item,
): Page<Item> {
  const items: Item[] = [];
  let total = 0;
  for (const one of all) if (total++ >= from && items.length < PAGE) items.push(shown(one));
  return { total, items };
}
