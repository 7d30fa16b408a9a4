import { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until the look no longer throws, and gives what it saw; in the end throws what the last one threw. */
export async function eventually<T>(look: () => T | Promise<T>, within = 10_000): Promise<T> {
  const until = Date.now() + within;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > until) throw error;
    }
    await pause(20);
  }
}
