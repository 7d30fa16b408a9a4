import type { Settings } from '../../infra/settings.js';
import type { User } from '../rooms/client.js';
import type { Peer } from '../rooms/peer.js';

/** Says whether a user, or an anonymous visitor (null), may; most guards need not look at the rest. */
export type Guard = (user: User | null, peer: Peer, settings: Settings) => boolean;

/** Lets in whoever has logged in. */
export const users: Guard = (user) => user !== null;

const guards = new WeakMap<object, Guard>();

/**
 * Guards a class of tasks: who is refused is told so, and the class is never instantiated for them.
 * A class that extends a guarded one is guarded by both. Without a guard everybody may, anonymous or not.
 */
export function access(guard: Guard): (task: abstract new (...args: never[]) => object) => void {
  return (task) => void guards.set(task, guard);
}

/** All guards of a class of tasks and of those that it extends. */
export function guardsOf(task: object): Guard[] {
  const found: Guard[] = [];
  for (let at: object | null = task; at; at = Object.getPrototypeOf(at)) {
    const guard = guards.get(at);
    if (guard) found.push(guard);
  }
  return found;
}
