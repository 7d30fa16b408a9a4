import { errorFrom } from '../src/infra/error-from.js';
import { commandLine, dashed } from './command-line.js';

/** Runs the program with these words and ends the process; a failure is one sentence on standard error, and exit code 1. */
export async function run(words: string[]): Promise<void> {
  const program = commandLine();
  const line = dashed(words, program);
  try {
    await program.parseAsync(line, { from: 'user' });
  } catch (error) {
    const { message, cause } = errorFrom(error);
    process.stderr.write(`eot-server: ${message}\n`);
    if (line.includes('--verbose') && cause) console.error(cause);
    process.exitCode = 1;
  }
  // What a user's settings or services have left open must not keep the process.
  process.exit();
}
