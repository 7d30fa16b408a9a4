/** What a frame beside the measured ones means to the load. */
type Heard = 'ready' | 'ignored' | 'strange' | { reply: string };

/** One server's language: how a visitor comes in, calls the echo, and says something to a room. */
export interface Dialect {
  /** The path of the upgrade request. */
  readonly path: string;
  /** What to send as soon as the socket is open. */
  greeting(room: string): string[];
  /** What to make of a frame that carries no measured data. */
  hear(text: string, room: string): Heard;
  /** A call that is answered with its data; the first sequence number may stand in it anywhere. */
  echo(data: string): string;
  /** Says `data` to everybody in the room, the sender included. */
  say(room: string, data: string): string;
}
