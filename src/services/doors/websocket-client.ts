import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { SILENT, SLOW } from '../../wire/close.js';
import type { Client, User } from '../rooms/client.js';
import type { Encoder, Message } from '../rooms/message.js';
import { NOWHERE, type Peer } from '../rooms/peer.js';
import type { Trace } from '../rooms/trace.js';
import type { Burst } from './burst.js';
import { overlay } from './overlay.js';
import type { Postman, Recipient } from './postman.js';

/** How long one that is forsaken may take to read why, in milliseconds. */
const GRACE = 5_000;

/** One web socket, as rooms and tasks see it. */
export abstract class WebsocketClient implements Client, Recipient {
  readonly cid = randomUUID().replaceAll('-', '');
  user: User | null = null;
  peer: Peer = NOWHERE;
  owed: Burst;
  /** Whether anything was heard since the heartbeat last looked. */
  heard = true;
  #closing = false;
  #trace: Trace | undefined;

  /** @param mostWaiting bytes that may wait for a slow reader */
  constructor(
    protected readonly socket: WebSocket,
    private readonly stream: Duplex,
    private readonly postman: Postman,
    private readonly mostWaiting: number,
  ) {
    this.owed = postman.nothing;
  }

  abstract readonly hearsNotices: boolean;

  /** How a message becomes a frame in this client's language; undefined for what it is not told. */
  protected abstract readonly encoder: Encoder<Buffer | null>;

  /** A text frame has come. Never throws. */
  abstract hear(text: string): void;

  /** A binary frame has come. */
  abstract hearBinary(): void;

  /** The connection has ended. */
  abstract end(): void;

  get trace(): Trace | undefined {
    return this.#trace;
  }

  set trace(trace: Trace | undefined) {
    this.#trace = trace;
    overlay(this, trace, (message) => message.as(this.encoder));
  }

  send(message: Message): void {
    if (this.#closing) return;
    const frame = message.as(this.encoder);
    if (frame) this.postman.post(this, frame);
  }

  close(code: number, reason: string): void {
    if (this.#closing) return;
    this.postman.hurry(this);
    this.#closing = true;
    this.socket.close(code, reason);
  }

  /** Ends it without a word. */
  drop(): void {
    this.#closing = true;
    this.socket.terminate();
  }

  deliver(bytes: Buffer): void {
    const { stream } = this;
    if (this.#closing || stream.destroyed) return;
    stream.write(bytes);
    if (stream.writableLength > this.mostWaiting) this.#forsake(SLOW, 'you read too slowly: come back');
  }

  /** Asks for a sign of life; who has given none since it was last asked is forsaken. */
  beat(): void {
    if (this.heard) this.socket.ping();
    else this.#forsake(SILENT, 'you were silent: come back');
    this.heard = false;
  }

  /** Closes one that may never read so. */
  #forsake(code: number, reason: string): void {
    if (this.#closing) return;
    this.#closing = true;
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), GRACE).unref();
  }
}
