/** Who gave a command, while it runs. */
export interface Caller {
  /** Tells a line at once; those that the command returns come behind it. */
  say(line: string): void;
  /** Aborts when the caller has hung up, half closed, or did not read what it was told. */
  readonly signal: AbortSignal;
}

/** A command's last lines of answer, from the words behind its name. */
export type Command = (words: string[], caller: Caller) => Promise<string[]>;

/** What the control socket understands (PROTOCOL.md, 3). */
export class Commands {
  readonly #commands: Map<string, Command>;

  constructor(commands: Iterable<readonly [string, Command]>) {
    this.#commands = new Map(commands);
  }

  /** Understands one more, until the returned function is called. Throws when there is one of this name. */
  add(name: string, command: Command): () => void {
    if (this.#commands.has(name)) throw new Error(`there is a command ${name} already: choose another name`);
    this.#commands.set(name, command);
    return () => void this.#commands.delete(name);
  }

  get(name: string): Command | undefined {
    return this.#commands.get(name);
  }
}
