import { setTimeout as sleep } from 'node:timers/promises';
import type { Dialect } from '../dialects/dialect.js';
import type { Ledger } from './ledger.js';
import { Visitor } from './visitor.js';

/** Fewer than a listening socket's backlog of 511, so that no connection is turned away. */
const AT_ONCE = 200;
const ENTRY_LIMIT_MS = 20_000;
const QUIET_MS = 300;
const QUIET_LIMIT_MS = 5_000;

/** Brings in visitors, `count` of them for each room named, and returns when every one is in. */
export async function gather(
  port: number,
  dialect: Dialect,
  rooms: string[],
  count: number,
  ledger: Ledger,
): Promise<Visitor[]> {
  const places = rooms.flatMap((room) => new Array<string>(count).fill(room));
  const visitors: Visitor[] = [];
  const patience = outOfPatience(ledger);
  for (let from = 0; from < places.length; from += AT_ONCE) {
    const entries = places.slice(from, from + AT_ONCE).map(
      (room) =>
        new Promise<void>((resolve) => {
          visitors.push(new Visitor(port, dialect, room, ledger, resolve));
        }),
    );
    await Promise.race([Promise.all(entries), patience.lost]);
  }
  patience.keep();
  return visitors;
}

/** Returns when the server has had nothing more to tell for a while: notices of who came are over. */
export async function quiet(ledger: Ledger): Promise<void> {
  const limit = performance.now() + QUIET_LIMIT_MS;
  let before = -1;
  while (before !== ledger.asides && performance.now() < limit) {
    before = ledger.asides;
    await sleep(QUIET_MS);
  }
}

function outOfPatience(ledger: Ledger): { lost: Promise<never>; keep: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const lost = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const why = ledger.faults.samples.join('; ') || 'no answer to the greeting';
      reject(new Error(`not every visitor came in within ${ENTRY_LIMIT_MS / 1000} s: ${why}`));
    }, ENTRY_LIMIT_MS);
  });
  return { lost, keep: () => clearTimeout(timer) };
}
