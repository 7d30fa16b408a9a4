import type { Json } from '../../wire/json.js';
import type { Client } from './client.js';
import { Message } from './message.js';

/** At most one list of users in so many milliseconds. */
const LIST_EVERY = 100;

/** A named set of clients, and the count of what was said to them. */
export class Room {
  readonly members = new Set<Client>();
  /** Of the latest message; 0 before the first. */
  offset = 0;
  /** The latest message, if the room keeps it. */
  last: Message | undefined;
  /** Whether it lives without members, and keeps its last message. */
  kept = false;
  /** How many of the members hear notices. */
  #hearers = 0;
  #listDue = false;
  #pause: NodeJS.Timeout | undefined;

  constructor(
    readonly name: string,
    private readonly send: (client: Client, message: Message) => void,
  ) {}

  add(client: Client): void {
    this.members.add(client);
    if (client.hearsNotices) this.#hearers++;
  }

  remove(client: Client): void {
    if (this.members.delete(client) && client.hearsNotices) this.#hearers--;
  }

  /** Says something to all members; `offset` counts on. Throws when it cannot be put in words: then nobody heard it. */
  say(task: string, data: Json): void {
    const message = new Message({ task, data }, { room: this.name, offset: this.offset + 1 });
    for (const member of this.members) this.send(member, message);
    if (message.failure) throw message.failure;
    this.offset++;
    if (this.kept) this.last = message;
  }

  /** The names of the known users, one for each of their connections. */
  names(): string[] {
    const names: string[] = [];
    for (const { user } of this.members) if (user) names.push(user.username);
    return names;
  }

  /** Tells those who hear notices that somebody came or went; of anonymous clients only the list tells. */
  notice(kind: 'join' | 'leave', { user }: Client): void {
    if (this.#hearers === 0) return;
    if (user) {
      const data = kind === 'join' ? ' joined the chat room.' : ' left the chat room.';
      this.#tellNotice(new Message({ msgtype: kind, username: user.username, data }));
    }
    if (this.#pause) this.#listDue = true;
    else this.#tellList();
  }

  /** Ends what would happen later. */
  close(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  #tellList(): void {
    this.#listDue = false;
    this.#tellNotice(new Message({ msgtype: 'user_list', data: this.names() }));
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      if (this.#listDue) this.#tellList();
    }, LIST_EVERY);
  }

  #tellNotice(message: Message): void {
    for (const member of this.members) if (member.hearsNotices) this.send(member, message);
  }
}
