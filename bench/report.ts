import { cpus } from 'node:os';
import { CONTENDERS, type Contender } from './contenders.js';
import type { Results } from './results.js';
import type { Row } from './rows.js';

/** The whole outcome as Markdown: the machine, then the table. */
export function markdown(rows: readonly Row[], results: Results, rounds: number): string {
  const head = ['row', 'unit', ...CONTENDERS.map(({ name }) => name), 'target'];
  const lines = rows.map((row) => [
    row.title,
    row.unit,
    ...CONTENDERS.map((contender) => cell(row, contender, results)),
    row.target === undefined ? '' : `≤ ${row.target} x`,
  ]);
  const table = [head, head.map(() => '---'), ...lines].map((cells) => `| ${cells.join(' | ')} |`);
  return [machine(rounds), '', ...table].join('\n');
}

function machine(rounds: number): string {
  const all = cpus();
  const model = all[0]?.model ?? 'unknown processor';
  const day = new Date().toISOString().slice(0, 10);
  return (
    `${day}, ${model}, ${all.length} cores, Node ${process.versions.node}, ${rounds} interleaved rounds: ` +
    'median (lowest to highest), ratio of medians to bare ws.'
  );
}

function cell(row: Row, contender: Contender, results: Results): string {
  const summary = results.of(row, contender);
  if (!summary) return 'failed';
  const [median, lowest, highest] = [summary.median, summary.lowest, summary.highest].map((figure) =>
    figure.toFixed(row.digits),
  );
  const ratio = results.ratio(row, contender);
  return `${median} (${lowest} to ${highest})${ratio === undefined ? '' : `, ${ratio.toFixed(2)} x`}`;
}
