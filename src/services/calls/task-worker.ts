import { parentPort } from 'node:worker_threads';
import { importUsers } from '../../infra/typescript.js';
import type { Task } from './task.js';
import type { ThreadJob, ThreadResult, ThreadSaid } from './task-threads.js';

/** Runs one call of a task in this thread, from birth to death of its instance. */
export default async function runTask({ work, module, name, request }: ThreadJob): Promise<ThreadResult> {
  const exported = await importUsers(module);
  const found = exported[name] ?? exported.default;
  if (typeof found !== 'function') throw new Error(`${module} exports no class ${name}`);
  const task = new (found as new () => Task)();
  const { signal } = new AbortController();
  const say = (data: ThreadSaid['data']): void => parentPort?.postMessage({ work, data } satisfies ThreadSaid);
  try {
    return { answer: await task.main({ ...request, signal, say }) };
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal')
      return { refusal: { code: (error as Error & { code: string }).code, message: error.message } };
    throw error;
  }
}
