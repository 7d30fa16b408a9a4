import type { Json } from '../../wire/json.js';
import type { Message } from './message.js';
import type { Peer } from './peer.js';
import type { Trace } from './trace.js';

/** Who a visitor is, as the session manager knows them. */
export interface User {
  readonly id: string | number;
  readonly username: string;
  readonly [more: string]: Json;
}

/** One connection, whatever door it came in by. */
export interface Client {
  /** 32 hexadecimal digits, unique across servers. */
  readonly cid: string;
  /** Null for an anonymous visitor. */
  user: User | null;
  /** Where it comes from; known when the user is. */
  peer: Peer;
  /** Follows it step by step; undefined as long as nobody does. */
  trace?: Trace | undefined;
  /** Whether it is told who comes and goes, as the ancestor's clients are. */
  readonly hearsNotices: boolean;
  /** Sends, or queues what the receiver cannot take yet; never throws for a client that has left. */
  send(message: Message): void;
  /** @param code a close code (PROTOCOL.md, 1.6) */
  close(code: number, reason: string): void;
}
