/** Remembers a few words in this browser; where that is forbidden, until the page is left. */
export class Memory {
  readonly #own = new Map<string, string>();

  /** @param store asked each time, for a browser that forbids it throws already at the look */
  constructor(private readonly store: () => Storage) {}

  recall(key: string): string | null {
    return this.#own.get(key) ?? this.#tried((store) => store.getItem(key));
  }

  keep(key: string, word: string): void {
    this.#own.set(key, word);
    this.#tried((store) => store.setItem(key, word));
  }

  /** Another tab has remembered something else. */
  forget(key: string): void {
    this.#own.delete(key);
  }

  #tried<T>(use: (store: Storage) => T): T | null {
    try {
      return use(this.store());
    } catch {
      // Forbidden or full: what we keep ourselves does for this visit.
      return null;
    }
  }
}
