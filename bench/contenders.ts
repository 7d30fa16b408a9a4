import { fileURLToPath } from 'node:url';

const PACKAGE = new URL('../../', import.meta.url);

/** A server that is measured: how to start it, and in which language the load speaks to it. */
export interface Contender {
  readonly name: string;
  /** Also the name of its dialect. */
  readonly key: string;
  /** The program and its arguments for the measured rows, and for the time to listening. */
  readonly measured: readonly string[];
  readonly plain: readonly string[];
}

const OWN_FILES = [
  ...['--status-file', 'status.eot', '--accept-file', 'accept.eot', '--control-socket', './interface.sock'],
  ...['--lock-file', 'server.lock', '--log-path', 'logging.log'],
];

const START = [inPackage('dist/bin/eot-server.js'), 'start', '--port', '0'];

/** This server; its start is that of an empty folder, with default settings. */
export const OURS: Contender = {
  name: 'eot-server',
  key: 'eot-server',
  measured: [...START, '--settings', inPackage('bench/settings.ts'), ...OWN_FILES],
  plain: START,
};

/** The yardstick of all ratios. */
export const BARE_WS = ownServer('bare ws', 'bare-ws');

/** The one to be ahead of. */
export const SOCKET_IO = ownServer('Socket.IO', 'socket-io');

/** In the order of each round. */
export const CONTENDERS: readonly Contender[] = [OURS, BARE_WS, SOCKET_IO];

function ownServer(name: string, key: string): Contender {
  const command = [fileURLToPath(new URL(`servers/${key}.js`, import.meta.url))];
  return { name, key, measured: command, plain: command };
}

function inPackage(path: string): string {
  return fileURLToPath(new URL(path, PACKAGE));
}
