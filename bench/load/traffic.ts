import { setTimeout as sleep } from 'node:timers/promises';
import type { Ledger } from './ledger.js';

const DRAIN_LIMIT_MS = 5_000;
const AFTERMATH_MS = 60;

/** Messages kept in flight: begun, ended, and drained until nothing is under way. */
export interface Traffic {
  begin(): void;
  end(): void;
  /** How many deliveries are still to come. */
  underWay(): number;
}

/** Lets traffic flow for `ms`, then waits for the last delivery, and a little longer for any that is too much. */
export async function flow(traffic: Traffic, ms: number, ledger: Ledger): Promise<void> {
  traffic.begin();
  await sleep(ms);
  traffic.end();
  const limit = performance.now() + DRAIN_LIMIT_MS;
  while (traffic.underWay() > 0 && performance.now() < limit) await sleep(2);
  await sleep(AFTERMATH_MS);
  if (traffic.underWay() > 0) ledger.missing(traffic.underWay());
}
