import { FIRST } from '../load/sequence.js';
import type { Dialect } from './dialect.js';

/** Socket.IO 4 on Engine.IO 4, its web socket transport only; the echo is an acknowledgement. */
export const socketIoDialect: Dialect = {
  path: '/socket.io/?EIO=4&transport=websocket',
  greeting: () => [],
  hear: (text, room) => {
    if (text.startsWith('0{')) return { reply: '40' };
    if (text.startsWith('40')) return { reply: `420${JSON.stringify(['join', room])}` };
    if (text === '430[]') return 'ready';
    return text === '2' ? { reply: '3' } : 'strange';
  },
  echo: (data) => `42${FIRST}${JSON.stringify(['echo', data])}`,
  say: (room, data) => `42${JSON.stringify(['say', room, data])}`,
};
