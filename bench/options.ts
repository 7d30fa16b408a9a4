import { parseArgs } from 'node:util';
import { ROWS, type Row } from './rows.js';

/** What the command line asks for. */
export interface Options {
  rounds: number;
  rows: readonly Row[];
  check: boolean;
}

/** Reads the command line; throws a sentence about what it cannot do. */
export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: 'string', default: '5' },
      only: { type: 'string', multiple: true, default: [] },
      check: { type: 'boolean', default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number from 1');
  return { rounds, rows: chosenRows(values.only), check: values.check };
}

function chosenRows(keys: string[]): readonly Row[] {
  const unknown = keys.find((key) => !ROWS.some((row) => row.key === key));
  if (unknown !== undefined) {
    throw new Error(`--only knows no row ${unknown}; there are ${ROWS.map((row) => row.key).join(', ')}`);
  }
  return keys.length === 0 ? ROWS : ROWS.filter((row) => keys.includes(row.key));
}
