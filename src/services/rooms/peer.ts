/** Where a visitor comes from, as far as a guard may care. */
export interface Peer {
  /** Of the other end of the connection: behind a proxy, the proxy's. */
  readonly address: string;
  /** Whether it is on this machine, came to it by a name of this machine, and through no proxy that says so. */
  readonly local: boolean;
  /** Whether it is no page, or one of this server's own: false for the pages of other sites, however it let them in. */
  readonly ownPage: boolean;
}

/** Where a client comes from before it was welcomed: nobody lets that in. */
export const NOWHERE: Peer = { address: '', local: false, ownPage: false };
