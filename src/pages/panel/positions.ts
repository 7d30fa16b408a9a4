import { positionOf } from '../../wire/telegraph.js';

/** One of the eleven places on the dial. */
export type Position = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11;

/** All eleven, from hard left to hard right. */
export const POSITIONS: readonly Position[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Degrees that one place takes on the dial. */
export const STEP = 20.84;

/** What is engraved in each place. */
export type Labels = Readonly<Record<Position, string>>;

/** The lettering of the first telegraph, made for the CQP. */
export const CQP: Labels = {
  1: 'FULL',
  2: 'HALF',
  3: 'SLOW',
  4: 'REVERSE',
  5: 'NEXT',
  6: 'STOP',
  7: 'COFFEE',
  8: 'LUNCH',
  9: 'ENGINE WORKING WRONG',
  10: 'SIWOTI',
  11: 'BATTLE STATIONS',
};

/** Where a place lies, in degrees clockwise from the top. */
export function angleOf(position: Position): number {
  return (position - 6) * STEP;
}

/** Reads `1` to `11`, written exactly so; anything else is no position. */
export function readPosition(text: string): Position | undefined {
  return positionOf(text) as Position | undefined;
}
