import type { Dialect } from './dialect.js';

/** The language of `servers/bare-ws.ts`: an object acts on a room, any other text is echoed. */
export const bareWsDialect: Dialect = {
  path: '/',
  greeting: (room) => [JSON.stringify({ room })],
  hear: (text) => (text === 'joined' ? 'ready' : 'strange'),
  echo: (data) => data,
  say: (room, data) => JSON.stringify({ room, data }),
};
