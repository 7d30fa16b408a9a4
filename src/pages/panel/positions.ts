import { positionOf } from '../../wire/telegraph.js';

/** One of the eleven places on the dial. */
export type Position = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

/** All eleven, from hard left to hard right. */
export const POSITIONS: readonly Position[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Degrees that one place takes on the dial. */
export const STEP = 20.84;

/** What is engraved in each place. */
export type Labels = Readonly<Record<Position, string>>;

/** Gives each place its word, from hard left to hard right. */
export function labelled(words: readonly string[]): Labels {
  return Object.fromEntries(POSITIONS.map((position, index) => [position, words[index]])) as Labels;
}

/** Where a place lies, in degrees clockwise from the top. */
export function angleOf(position: Position): number {
  return (position - 6) * STEP;
}

/** Reads `1` to `11`, written exactly so; anything else is no position. */
export function readPosition(text: string): Position | undefined {
  return positionOf(text) as Position | undefined;
}
