import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

/** Loaded into the server before its own code: tells the bytes of its heap, garbage collected, when it is asked. */
function install(): void {
  process.on('message', () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void;
    collect();
    collect();
    process.send?.(process.memoryUsage().heapUsed);
  });
  // The server's life must not depend on being measured.
  process.channel?.unref();
}

if (isMainThread && process.send) install();
