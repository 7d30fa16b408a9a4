import type { Settings } from './settings.js';

type Tasks = Settings['tasks'];

/** What has become of the tasks, in sentences. */
export function taskChanges(before: Tasks, after: Tasks): string[] {
  const names = Object.keys(after);
  const added = names.filter((name) => !Object.hasOwn(before, name));
  const renewed = names.filter((name) => Object.hasOwn(before, name) && before[name] !== after[name]);
  const removed = Object.keys(before).filter((name) => !Object.hasOwn(after, name));
  return [...told('added', added), ...told('renewed', renewed), ...told('removed', removed)];
}

function told(what: string, names: string[]): string[] {
  if (names.length === 0) return [];
  return [`${names.length === 1 ? 'a task' : `${names.length} tasks`} ${what}: ${names.join(', ')}`];
}
