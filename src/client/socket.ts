/**
 * The part of a WebSocket that the client uses: the browser's own, the one of the package `ws`, or a stand-in.
 * Handlers take `never` because every implementation has an event class of its own.
 */
export interface Socket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  readonly readyState: number;
  send(text: string): void;
  close(): void;
}

/** What makes a `Socket`: the class `WebSocket`. */
export type SocketClass = new (url: string) => Socket;
