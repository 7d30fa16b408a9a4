/** How long the server lives: whoever may end it asks here, and whoever runs it waits here. */
export class Lifetime {
  /** Resolves with the reason when the server has been asked to stop. */
  readonly ended: Promise<string>;
  #end: (reason: string) => void = () => undefined;
  #over = false;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get over(): boolean {
    return this.#over;
  }

  /** Asks the server to stop; only the first reason counts. */
  end(reason: string): void {
    this.#over = true;
    this.#end(reason);
  }
}
