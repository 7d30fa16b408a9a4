/** The longest wait between two tries, in milliseconds (PROTOCOL.md 1.6). */
export const LONGEST_WAIT = 20_000;

/** How long to wait before try `n`, in milliseconds: full jitter (PROTOCOL.md 1.6). */
export function jitter(n: number, random: () => number): number {
  return random() * Math.min(LONGEST_WAIT, 500 * 2 ** n);
}
