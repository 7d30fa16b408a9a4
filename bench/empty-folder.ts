import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let all: string | undefined;

/** A new empty folder for a server to run in; all of them go when the bench ends, however it ends. */
export function emptyFolder(): string {
  all ??= folderOfThisRun();
  return mkdtempSync(join(all, 'server-'));
}

function folderOfThisRun(): string {
  const folder = mkdtempSync(join(tmpdir(), 'eot-bench-'));
  // A server that was killed a moment ago may still be writing.
  process.on('exit', () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}
