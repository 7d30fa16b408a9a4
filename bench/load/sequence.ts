import { byteAt } from './byte-at.js';

/** The first number: from here every sequence number has the same width and is a JSON number as it stands. */
export const FIRST = 10_000_000;

const DIGITS = 8;
const ZERO = 48;
const MARK = '#';
const MARK_CODE = 35;

/** The text that the load says: exactly `size` bytes, its sequence number in front. */
export function numberedData(size: number): string {
  return `${MARK}${FIRST}`.padEnd(size, 'x');
}

/** Whether a frame's text is a numbered one, and where its number begins; -1 if it is not. */
export function findNumber(text: string): number {
  const mark = text.search(/#\d{8}x/);
  return mark === -1 ? -1 : mark + MARK.length;
}

/** The number whose digits begin at `at`, or -1 when no numbered data is there. */
export function readNumber(bytes: Buffer, at: number): number {
  if (byteAt(bytes, at - 1) !== MARK_CODE) return -1;
  let value = 0;
  for (let i = at; i < at + DIGITS; i += 1) value = value * 10 + byteAt(bytes, i) - ZERO;
  return value;
}
