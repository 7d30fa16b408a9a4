import { FIRST } from '../load/sequence.js';
import type { Dialect } from './dialect.js';

/** The JSON language of `/ws`, spoken by an original client, with a `ref` where an answer is wanted. */
export const eotServerDialect: Dialect = {
  path: '/ws',
  greeting: (room) => [
    JSON.stringify({ room }),
    JSON.stringify({ task: 'TaskEcho', data: null, ref: 'ready' }),
  ],
  hear: (text) => {
    if (text.includes('"ref":"ready"') && !text.includes('"error"')) return 'ready';
    return /^\{"msgtype":"(join|leave|user_list)"/.test(text) ? 'ignored' : 'strange';
  },
  echo: (data) => JSON.stringify({ task: 'TaskEcho', data, ref: FIRST }),
  say: (_room, data) => JSON.stringify({ task: 'BenchSay', data }),
};
