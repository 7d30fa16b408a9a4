import { resolve } from 'node:path';

/** Where a server is controlled: a UNIX socket, or a loopback host and port. */
export type ControlAddress = { path: string } | { host: string; port: number };

/** The longest path of a UNIX socket that every system takes, in bytes. */
const LONGEST_PATH = 103;

const HOST_PORT = /^(\[[^\]/]+\]|[^:/]+):(\d{1,5})$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** Reads `PATH` or `HOST:PORT`. Throws for a host beyond loopback, for it would let anyone stop the server, and for too long a path. */
export function controlAddress(text: string): ControlAddress {
  const [, host, port] = HOST_PORT.exec(text) ?? [];
  if (host && port) {
    const bare = host.replace(/^\[|\]$/g, '');
    if (!LOOPBACK.test(bare))
      throw new Error(`the control socket ${text} is open to others: use a path, or 127.0.0.1:${port}`);
    if (Number(port) > 65_535) throw new Error(`the control socket ${text} has no port: ports end at 65535`);
    return { host: bare, port: Number(port) };
  }
  const path = resolve(text);
  const bytes = Buffer.byteLength(path);
  if (bytes > LONGEST_PATH)
    throw new Error(
      `the control socket ${path} has ${bytes} bytes, ${LONGEST_PATH} at most: choose a shorter --control-socket`,
    );
  return { path };
}
