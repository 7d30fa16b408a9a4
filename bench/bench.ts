import { CONTENDERS, type Contender, SOCKET_IO } from './contenders.js';
import { measure } from './measure.js';
import { type Options, readOptions } from './options.js';
import { markdown } from './report.js';
import { Results } from './results.js';
import type { Row } from './rows.js';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const results = new Results();
  for (let round = 1; round <= options.rounds; round += 1) {
    for (const row of options.rows) {
      for (const contender of CONTENDERS) await take(row, contender, results, `${round}/${options.rounds}`);
    }
  }
  console.log(markdown(options.rows, results, options.rounds));
  judge(options, results);
}

async function take(row: Row, contender: Contender, results: Results, round: string): Promise<void> {
  const place = `round ${round}  ${row.key.padEnd(10)}  ${contender.name.padEnd(10)}`;
  try {
    const measurement = await measure(row, contender);
    results.add(row, contender, measurement);
    const figure = measurement.figure.toFixed(row.digits).padStart(7);
    console.error(`${place}  ${figure} ${row.unit}  ${measurement.note}${measurement.faults.join('; ')}`);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    results.fail(row, contender, why);
    console.error(`${place}  failed: ${why}`);
  }
}

function judge(options: Options, results: Results): void {
  const misses = options.rows.flatMap((row) => results.misses(row, SOCKET_IO));
  for (const sentence of [...results.failures, ...misses]) console.error(sentence);
  if (results.failures.length > 0 || (options.check && misses.length > 0)) process.exitCode = 1;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
