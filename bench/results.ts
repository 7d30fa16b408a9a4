import { BARE_WS, type Contender, OURS } from './contenders.js';
import type { Measurement } from './measure.js';
import type { Row } from './rows.js';

/** Middle and edges of the rounds of one row of one server. */
export interface Summary {
  median: number;
  lowest: number;
  highest: number;
}

/** All measurements of a run, by row and server. */
export class Results {
  readonly #measurements = new Map<string, Measurement[]>();
  readonly failures: string[] = [];

  add(row: Row, contender: Contender, measurement: Measurement): void {
    const key = `${row.key} ${contender.key}`;
    this.#measurements.set(key, [...(this.#measurements.get(key) ?? []), measurement]);
    for (const fault of measurement.faults) this.fail(row, contender, fault);
  }

  /** A measurement that could not be taken, or not be trusted. */
  fail(row: Row, contender: Contender, why: string): void {
    this.failures.push(`${row.key}: ${contender.name}: ${why}`);
  }

  /** Nothing when no round of it succeeded. */
  of(row: Row, contender: Contender): Summary | undefined {
    const figures = (this.#measurements.get(`${row.key} ${contender.key}`) ?? []).map(({ figure }) => figure);
    if (figures.length === 0) return undefined;
    figures.sort((a, b) => a - b);
    const middle = (figures.length - 1) / 2;
    const low = figures[Math.floor(middle)] ?? Number.NaN;
    const high = figures[Math.ceil(middle)] ?? Number.NaN;
    const edges = { lowest: figures[0] ?? Number.NaN, highest: figures.at(-1) ?? Number.NaN };
    return { median: (low + high) / 2, ...edges };
  }

  /** A server's median against that of bare ws. */
  ratio(row: Row, contender: Contender): number | undefined {
    const mine = this.of(row, contender);
    const yardstick = this.of(row, BARE_WS);
    return mine && yardstick ? mine.median / yardstick.median : undefined;
  }

  /** What keeps this server from its targets, a sentence each. */
  misses(row: Row, other: Contender): string[] {
    const ratio = this.ratio(row, OURS);
    const mine = this.of(row, OURS);
    const others = this.of(row, other);
    if (ratio === undefined || !mine || !others) return [`${row.key}: not measured on all servers`];
    const misses: string[] = [];
    if (row.target !== undefined && ratio > row.target) {
      misses.push(`${row.key}: ${ratio.toFixed(3)} x bare ws, and ${row.target} is the target`);
    }
    if (mine.median >= others.median) {
      misses.push(
        `${row.key}: not ahead of ${other.name} (${mine.median.toFixed(2)} against ${others.median.toFixed(2)})`,
      );
    }
    return misses;
  }
}
