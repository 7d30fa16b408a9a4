import { isDeepStrictEqual } from 'node:util';

type Plain = Record<string, unknown>;

/** The options that a service is given: an object of its own, where they are a plain one, so that a reload can replace its content. */
export function ownOptions(options: unknown): unknown {
  return isPlain(options) ? { ...options } : (options ?? {});
}

/** Puts another content into an object and gives back what undoes it; what is no plain object stays as it is. */
export function replaceContent(target: unknown, content: unknown): () => void {
  if (!isPlain(target) || !isPlain(content)) return () => undefined;
  const before = { ...target };
  fill(target, content);
  return () => fill(target, before);
}

/** Whether options say the same. Functions do when their texts do: a module that is loaded anew makes them anew. */
export function sameOptions(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(comparable(one), comparable(other));
}

function fill(target: Plain, content: Plain): void {
  for (const key of Object.keys(target)) if (!(key in content)) delete target[key];
  Object.assign(target, content);
}

/** @param around what the value lies in: options may hold what they are held by */
function comparable(value: unknown, around: readonly unknown[] = []): unknown {
  if (typeof value === 'function') return String(value);
  if (around.includes(value)) return value;
  const inside = [...around, value];
  if (Array.isArray(value)) return value.map((inner) => comparable(inner, inside));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, comparable(inner, inside)]));
}

function isPlain(value: unknown): value is Plain {
  if (typeof value !== 'object' || value === null) return false;
  const kind: unknown = Object.getPrototypeOf(value);
  return kind === Object.prototype || kind === null;
}
