import type { SocketClass } from './socket.js';

/** Everything is optional in a page; outside of one, `url` and `room` must be given. Times are in milliseconds, below 2³¹. */
export interface EotClientOptions {
  /** Default: `/ws` on the page's host, `wss:` if the page is `https:`. */
  url?: string;
  /** The room of the hello, 1 to 1,024 characters. Default: the page's address. */
  room?: string;
  /** The hello's `session_id`, for servers that do not go by the cookie (PROTOCOL.md 1.1). */
  session?: string;
  /** Default: the global one. For a Node without it: the one of the package `ws`. */
  WebSocket?: SocketClass;
  /** How long an ask waits for its answer; also for one try to connect. Default 15,000. */
  deadline?: number;
  /** How many calls may wait for the connection; one more is refused as `busy`. Default 100: so many the server runs at once. */
  queueLimit?: number;
  /** How long a silence may be before it is doubted: a ping, and two fifths more. Default 25,000. */
  heartbeat?: number;
  /** A number from 0 to below 1: the luck in the wait before a reconnect. Default: `Math.random`. */
  random?: () => number;
}

/** The options with their defaults. Throws a `TypeError` that says what to give, where there is no default. */
export function complete(options: EotClientOptions) {
  return {
    // `??` and not a spread of defaults: outside of a page those must not even be looked at.
    url: options.url ?? ownAddress(),
    room: options.room ?? page('room').href,
    session: options.session,
    WebSocket: options.WebSocket ?? ownWebSocket(),
    deadline: options.deadline ?? 15_000,
    queueLimit: options.queueLimit ?? 100,
    heartbeat: options.heartbeat ?? 25_000,
    random: options.random ?? Math.random,
  };
}

function ownAddress(): string {
  const { protocol, host } = page('url');
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/ws`;
}

function page(missing: 'url' | 'room'): Location {
  if (globalThis.location) return globalThis.location;
  const example = missing === 'url' ? 'ws://127.0.0.1:1873/ws' : 'lobby';
  throw new TypeError(`there is no page to take the ${missing} from: give { ${missing}: '${example}' }`);
}

function ownWebSocket(): SocketClass {
  if (globalThis.WebSocket) return globalThis.WebSocket;
  throw new TypeError("there is no WebSocket here: npm install ws, and give { WebSocket } from 'ws'");
}
