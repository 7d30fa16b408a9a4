import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';
import type { Reading } from './reading.js';

/**
 * Loaded into every measured server before its own code (`node --import`): answers what the process has used, when
 * the bench asks over the IPC channel, and does nothing in between.
 */
function install(): void {
  process.on('message', (message) => {
    if (message === 'bench: settle') collectGarbage();
    if (message === 'bench: read' || message === 'bench: settle') answer();
  });
  process.on('disconnect', () => process.exit());
  // The server's life must not depend on being measured.
  process.channel?.unref();
}

function answer(): void {
  const { user, system } = process.cpuUsage();
  const reading: Reading = { cpuMicroseconds: user + system, residentBytes: process.memoryUsage.rss() };
  process.send?.(reading);
}

function collectGarbage(): void {
  // Only now, so that the flag changes nothing in the rows that measure time.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  collect();
}

if (isMainThread && process.send) install();
