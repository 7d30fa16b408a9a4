import type { IncomingMessage } from 'node:http';
import type { Peer } from '../rooms/peer.js';
import { originAllowed } from './origin.js';

/** This machine's own addresses, also as a socket for both families writes them. */
const LOOPBACK = /^(::ffff:)?127\.\d+\.\d+\.\d+$|^::1$/;

/** What a browser calls this machine. Any other name may be a stranger's that was made to lead here. */
const OWN_NAME = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/i;

/** What a proxy adds for those whom it speaks for. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/** Where a request comes from. */
export function peerOf({ socket, headers }: IncomingMessage): Peer {
  const { host = '', origin } = headers;
  const address = socket.remoteAddress ?? '';
  const forwarded = FORWARDED.some((name) => headers[name] !== undefined);
  return {
    address,
    local: LOOPBACK.test(address) && OWN_NAME.test(host) && !forwarded,
    ownPage: originAllowed(origin, host, []),
  };
}
