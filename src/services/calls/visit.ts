import type { Peer } from '../rooms/peer.js';

/** What is known of a visitor before anybody has said who it is. */
export class Visit {
  constructor(
    readonly peer: Peer,
    private readonly cookies: string = '',
    /** The hello's `session_id`. */
    readonly sessionId?: string,
  ) {}

  /** The peer's address. */
  get address(): string {
    return this.peer.address;
  }

  /** The same visit, with what the hello said. */
  saying(sessionId: string | undefined): Visit {
    return sessionId === undefined ? this : new Visit(this.peer, this.cookies, sessionId);
  }

  /** The value of a cookie (RFC 6265, 4.2.1); undefined when there is none. */
  cookie(name: string): string | undefined {
    for (const pair of this.cookies.split(';')) {
      const at = pair.indexOf('=');
      if (at > 0 && pair.slice(0, at).trim() === name) return unquoted(pair.slice(at + 1).trim());
    }
    return undefined;
  }
}

function unquoted(text: string): string {
  return text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
}
