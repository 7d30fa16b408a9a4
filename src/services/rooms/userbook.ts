import type { Client } from './client.js';

/** Which connections each known user has. */
export class Userbook {
  readonly #connections = new Map<string, Set<Client>>();

  add(client: Client): void {
    if (!client.user) return;
    const id = String(client.user.id);
    const connections = this.#connections.get(id) ?? new Set();
    this.#connections.set(id, connections.add(client));
  }

  remove(client: Client): void {
    if (!client.user) return;
    const id = String(client.user.id);
    const connections = this.#connections.get(id);
    connections?.delete(client);
    if (connections?.size === 0) this.#connections.delete(id);
  }

  /** The connections of a user; undefined when there is none. */
  of(id: string | number): ReadonlySet<Client> | undefined {
    return this.#connections.get(String(id));
  }
}
