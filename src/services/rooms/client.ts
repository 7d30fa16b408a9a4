import type { Json } from '../../wire/json.js';
import type { Message } from './message.js';

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
  /** Whether it is told who comes and goes, as the ancestor's clients are. */
  readonly hearsNotices: boolean;
  /** Sends, or queues what the receiver cannot take yet; never throws for a client that has left. */
  send(message: Message): void;
  /** @param code a close code (PROTOCOL.md, 1.6) */
  close(code: number, reason: string): void;
}
