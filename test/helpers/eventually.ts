import { setTimeout as pause } from 'node:timers/promises';

/** How long a test waits for what must come, in milliseconds. */
const PATIENCE = 10_000;
const STEP = 20;

/** Looks again and again until there is something to see, and gives that; fails when nothing comes. */
export async function eventually<T>(
  look: () => T | Promise<T>,
  what: string,
): Promise<Exclude<T, undefined | null | false | ''>> {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await pause(STEP)) {
    const seen = await look();
    if (seen) return seen as Exclude<T, undefined | null | false | ''>;
  }
  throw new Error(`it never came true within ${PATIENCE} ms: ${what}`);
}
