/** A row that follows what it shows. */
export interface Row<Item> {
  readonly element: HTMLElement;
  show(item: Item): void;
}

/** The rows of a table, one for each item: a row stays the same while its item does, and so does the focus in it. */
export class Rows<Item> {
  readonly #rows = new Map<string, Row<Item>>();

  constructor(
    private readonly body: HTMLElement,
    private readonly keyOf: (item: Item) => string,
    private readonly make: (item: Item) => Row<Item>,
  ) {}

  /** Shows exactly these, in this order. */
  show(items: readonly Item[]): void {
    const wanted = new Set(items.map(this.keyOf));
    for (const [key, row] of this.#rows)
      if (!wanted.has(key)) {
        row.element.remove();
        this.#rows.delete(key);
      }
    items.forEach((item, at) => {
      const { element } = this.put(item);
      const there = this.body.children[at] ?? null;
      if (there !== element) this.body.insertBefore(element, there);
    });
  }

  /** Shows one; a new one comes last. */
  put(item: Item): Row<Item> {
    const key = this.keyOf(item);
    const row = this.#rows.get(key) ?? this.make(item);
    if (!this.#rows.has(key)) this.body.append(row.element);
    this.#rows.set(key, row);
    row.show(item);
    return row;
  }
}
