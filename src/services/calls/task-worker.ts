import { parentPort, workerData } from 'node:worker_threads';
import type { UsersModules } from '../../infra/module-graph.js';
import { importUsers } from '../../infra/typescript.js';
import type { Json } from '../../wire/json.js';
import type { Task } from './task.js';
import type { ThreadJob, ThreadResult, ThreadWord } from './task-threads.js';

/** Runs one call of a task in this thread, from birth to death of its instance. */
export default async function runTask({ work, module, name, request }: ThreadJob): Promise<void> {
  const exported = await importUsers(module, workerData as UsersModules);
  const found = exported[name] ?? exported.default;
  if (typeof found !== 'function') throw new Error(`${module} exports no class ${name}`);
  const task = new (found as new () => Task)();
  const { signal } = new AbortController();
  const say = (said: Json): void => {
    JSON.stringify(said); // What JSON cannot say fails here, where the task is told.
    tell({ work, said });
  };
  // The result takes the way of what was said: another way could overtake it.
  tell({ work, result: await resultOf(() => task.main({ ...request, signal, say })) });
}

function tell(word: ThreadWord): void {
  parentPort?.postMessage(word);
}

async function resultOf(main: () => ReturnType<Task['main']>): Promise<ThreadResult> {
  try {
    return { answer: await main() };
  } catch (error) {
    if (error instanceof Error && error.name === 'Refusal')
      return { refusal: { code: (error as Error & { code: string }).code, message: error.message } };
    throw error;
  }
}
