import { type ChildProcess, spawn } from 'node:child_process';

const living = new Set<ChildProcess>();

/** Starts `node` with these arguments; whatever becomes of the bench, the process does not outlive it. */
export function startNode(args: readonly string[], folder: string, ipc: boolean): ChildProcess {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe', ...(ipc ? (['ipc'] as const) : [])],
  });
  living.add(child);
  child.once('exit', () => living.delete(child));
  return child;
}

/** Ends the process at once and returns when it is gone: it holds nothing that anybody needs. */
export function endChild(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (!living.has(child)) resolve();
    else child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** The next message over the channel, or the reason why none came. */
export function nextMessage<T>(child: ChildProcess, who: string, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => leave(`${who} said nothing for ${limitMs / 1000} s`), limitMs);
    const leave = (problem?: string, message?: T) => {
      clearTimeout(timer);
      child.off('message', heard);
      child.off('exit', gone);
      if (problem === undefined) resolve(message as T);
      else reject(new Error(problem));
    };
    const heard = (message: unknown) => leave(undefined, message as T);
    const gone = (code: number | null) => leave(`${who} ended with code ${code}`);
    child.once('message', heard);
    child.once('exit', gone);
  });
}

process.on('exit', () => {
  for (const child of living) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
