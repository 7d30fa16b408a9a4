import { comesBack, SILENT } from '../wire/close.js';
import { EotError } from './eot-error.js';
import { jitter, LONGEST_WAIT } from './jitter.js';
import type { Socket } from './socket.js';

/** Opening and saying hello; in all rooms and ready; between two tries; over for good. */
export type State = 'connecting' | 'open' | 'waiting' | 'closed';

/** What a connection tells its owner. */
export interface Owner {
  /** The socket is open: say hello, then call `welcome`. */
  opened(): void;
  /** `frame` is what `event` carries. */
  heard(frame: unknown, event: unknown): void;
  /** The network came back, or was changed: what looks open may be dead. */
  doubted(): void;
  /** What was written and not answered will not be answered. */
  lost(): void;
  /** `error` says why it is closed, unless the owner closed it. */
  changed(state: State, error?: EotError): void;
}

/** One socket after another, with a wait between them, until somebody says that it is over (PROTOCOL.md 1.6). */
export class Connection {
  state: State = 'connecting';
  #socket: Socket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #tries = 0;
  #welcomed = Number.POSITIVE_INFINITY;
  /** What only a browser knows. A page with an open socket cannot be kept for the way back to it. */
  readonly #ofPage = [
    ['online', () => this.#back()],
    ['pageshow', () => this.state === 'waiting' && this.#retry()],
    ['pagehide', () => this.drop()],
  ] as const;

  /** Connects at once, and throws what `make` throws; `patience` in ms is for one try to open. */
  constructor(
    private readonly make: () => Socket,
    private readonly patience: number,
    private readonly random: () => number,
    private readonly owner: Owner,
  ) {
    this.#connect();
    for (const [name, heard] of this.#ofPage) globalThis.addEventListener?.(name, heard);
  }

  /** Whether what is written now has a chance to arrive. */
  get writable(): boolean {
    return this.state === 'open' && this.#socket?.readyState === 1;
  }

  write(text: string): void {
    this.#socket?.send(text);
  }

  /** The hello was answered and the rooms are joined. */
  welcome(): void {
    if (this.state !== 'connecting') return;
    this.#welcomed = Date.now();
    this.#become('open');
  }

  /** Gives this socket up, if there is one, and tries another. Does not wait for a close event, which a dead network delays. */
  drop(): void {
    const socket = this.#socket;
    if (!socket) return;
    this.#lost(SILENT, '');
    socket.close();
  }

  /** For good. */
  close(error?: EotError): void {
    if (this.state === 'closed') return;
    const socket = this.#socket;
    this.#socket = undefined;
    clearTimeout(this.#timer);
    for (const [name, heard] of this.#ofPage) globalThis.removeEventListener?.(name, heard);
    this.#become('closed', error);
    socket?.close();
  }

  #connect(): void {
    const socket = this.make();
    const ours = () => socket === this.#socket;
    this.#socket = socket;
    this.#timer = setTimeout(() => this.drop(), this.patience);
    socket.onopen = () => {
      if (!ours()) return;
      clearTimeout(this.#timer);
      this.owner.opened();
    };
    socket.onmessage = (event: { data: unknown }) => {
      if (ours()) this.owner.heard(event.data, event);
    };
    socket.onclose = (event: { code: number; reason: string }) => {
      if (ours()) this.#lost(event.code, event.reason);
    };
    // A close always follows; but without a listener, `ws` throws.
    socket.onerror = () => {};
  }

  #lost(code: number, reason: string): void {
    this.#socket = undefined;
    clearTimeout(this.#timer);
    this.owner.lost();
    if (!comesBack(code)) {
      this.close(
        new EotError('closed', `the server closed the connection for good: ${code} ${reason}`.trim()),
      );
      return;
    }
    // Only a connection that lasted starts the count anew: one that breaks after each hello must not become a hot loop.
    if (Date.now() - this.#welcomed > LONGEST_WAIT) this.#tries = 0;
    this.#welcomed = Number.POSITIVE_INFINITY;
    this.#tries += 1;
    this.#timer = setTimeout(() => this.#retry(), jitter(this.#tries, this.random));
    this.#become('waiting');
  }

  #retry(): void {
    clearTimeout(this.#timer);
    this.#connect();
    this.#become('connecting');
  }

  #back(): void {
    if (this.state === 'waiting') this.#retry();
    else if (this.state === 'open') this.owner.doubted();
  }

  #become(state: State, error?: EotError): void {
    this.state = state;
    this.owner.changed(state, error);
  }
}
