import { Connection, type State } from '../../client/connection.js';
import { Heartbeat } from '../../client/heartbeat.js';

/** Who hears what happens on a link. */
export interface LinkListener {
  /** The server speaks to us. */
  up(): void;
  /** It does not, but we keep trying. */
  lost(): void;
  /** It does not want us; we have stopped trying. */
  closed(): void;
  frame(text: string): void;
  sent(text: string): void;
}

/** How long, in milliseconds, a try may take to open, and a server to go after it has said that it will. */
const PATIENCE = 10_000;
/** After so long a silence, in milliseconds, we ask whether the server is still there. */
const SILENCE = 25_000;

/** The telegraph's text language on a connection that heals itself. It is up from the first frame, not the handshake. */
export class TelegraphLink {
  readonly #listener: LinkListener;
  readonly #connection: Connection;
  readonly #heartbeat = new Heartbeat(
    SILENCE,
    () => this.send('status'),
    () => this.drop(),
  );
  #leaving: ReturnType<typeof setTimeout> | undefined;

  /** Connects at once. */
  constructor(address: string, listener: LinkListener) {
    this.#listener = listener;
    this.#connection = new Connection(() => new WebSocket(address), PATIENCE, Math.random, {
      opened: () => this.#heartbeat.heard(),
      heard: (frame) => this.#hear(frame),
      doubted: () => this.#heartbeat.check(),
      lost: () => this.#heartbeat.stop(),
      changed: (state) => this.#changed(state),
    });
  }

  /** Says it and returns true; returns false when nobody would hear it. */
  send(text: string): boolean {
    if (this.#leaving !== undefined || !this.#connection.writable) return false;
    this.#connection.write(text);
    this.#listener.sent(text);
    return true;
  }

  /** Gives the connection up, as the network is gone, and tries another. */
  drop(): void {
    if (this.#connection.state === 'open' || this.#connection.state === 'connecting') this.#connection.drop();
  }

  /** The server has said that it will go: that is a loss already, and its end is not waited for endlessly. */
  expectEnd(): void {
    if (this.#leaving !== undefined) return;
    this.#heartbeat.stop();
    this.#leaving = setTimeout(() => this.drop(), PATIENCE);
    this.#listener.lost();
  }

  #hear(frame: unknown): void {
    if (typeof frame !== 'string') return;
    this.#connection.welcome();
    if (this.#leaving === undefined) this.#heartbeat.heard();
    this.#listener.frame(frame);
  }

  #changed(state: State): void {
    if (state === 'connecting') return;
    clearTimeout(this.#leaving);
    this.#leaving = undefined;
    if (state === 'open') this.#listener.up();
    else if (state === 'waiting') this.#listener.lost();
    else this.#listener.closed();
  }
}
