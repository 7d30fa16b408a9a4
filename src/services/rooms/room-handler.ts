import { ClusterManager } from '../../infra/cluster-manager.js';
import { inject, Options } from '../../infra/inject.js';
import { Logger } from '../../infra/logger.js';
import { type Run, Service } from '../../infra/service.js';
import type { Json } from '../../wire/json.js';
import type { Client } from './client.js';
import { Message } from './message.js';
import { Room } from './room.js';
import { type RoomGuard, RoomGuards } from './room-guards.js';
import type { Speech } from './speech.js';
import { Userbook } from './userbook.js';

/** The cluster's event that carries what is said to the other servers. */
const SAID = 'say_socket_send';

export interface RoomHandlerOptions {
  /** Whether original clients are told who comes and goes; true unless said otherwise. It grows with the square of a room. */
  notices?: boolean;
  /** How many rooms a connection may be in; 128 unless said otherwise. */
  roomsPerClient?: number;
}

/** Knows who is where, and says what is said. */
export class RoomHandler extends Service {
  readonly #rooms = new Map<string, Room>();
  readonly #places = new Map<Client, Room[]>();
  readonly #clients = new Map<string, Client>();
  readonly #users = new Userbook();
  readonly #guards = new RoomGuards();

  constructor(
    @inject(Options) private readonly options: RoomHandlerOptions,
    @inject(ClusterManager) private readonly cluster: ClusterManager,
    @inject(Logger) private readonly log: Logger,
  ) {
    super();
  }

  override async main(run: Run): Promise<void> {
    const unsubscribe = this.cluster.subscribe(SAID, (speech) => this.deliver(speech as unknown as Speech));
    run.ready();
    await run.stopped;
    unsubscribe();
    for (const room of this.#rooms.values()) room.close();
  }

  /** Its options are asked when they matter; a restart would close the rooms. */
  override reload(): void {}

  override describe(): Record<string, number> {
    return { clients: this.#clients.size, rooms: this.#rooms.size };
  }

  /**
   * Takes a client into a room; once in, nothing happens. Returns the room's offset. Throws a `RangeError` when it is
   * in too many, `Barred` when the room's guard does not let it in.
   */
  join(client: Client, name: string): number {
    this.#guards.check(client, name);
    const places = this.#places.get(client) ?? this.#enter(client);
    if (this.isIn(client, name)) return this.#open(name).offset;
    const most = this.options.roomsPerClient ?? 128;
    if (places.length >= most) throw new RangeError(`a connection is in ${most} rooms at most`);
    const room = this.#open(name);
    room.add(client);
    places.push(room);
    client.trace?.step('room', `joined ${name}`);
    if (this.options.notices !== false) room.notice('join', client);
    return room.offset;
  }

  /** Takes a client out of one room, or, when none is named, out of all and forgets it. */
  leave(client: Client, name?: string): void {
    const places = this.#places.get(client);
    if (!places) return;
    if (name === undefined) {
      this.#places.delete(client);
      this.#clients.delete(client.cid);
      this.#users.remove(client);
      for (const room of places) this.#part(client, room);
    } else {
      const at = places.findIndex((room) => room.name === name);
      const [room] = at < 0 ? [] : places.splice(at, 1);
      if (room) this.#part(client, room);
    }
  }

  /** From now on only whom the guard lets in joins this room. Throws when it has a guard already. */
  guard(name: string, guard: RoomGuard): void {
    this.#guards.set(name, guard);
  }

  /** The connections that are in a room on this server, in the order in which they came. */
  get clients(): ReadonlyMap<string, Client> {
    return this.#clients;
  }

  /** The rooms of this server by name. */
  get rooms(): ReadonlyMap<string, { readonly members: ReadonlySet<Client>; readonly offset: number }> {
    return this.#rooms;
  }

  /** The names of the rooms that a client is in, in the order in which it joined them. */
  where(client: Client): string[] {
    return this.#places.get(client)?.map(({ name }) => name) ?? [];
  }

  /** Says something to a room, to users, to all or to one connection, here and on every other server. */
  say(speech: Speech): void {
    this.deliver(speech);
    const toOne = speech.cid !== undefined && !speech.room && !speech.users && !speech.all;
    if (!toOne) this.cluster.say(SAID, { ...speech } as unknown as Json);
  }

  /**
   * Says it on this server only. An unknown target is logged, one failing client does not stop the others. Throws
   * what JSON throws when it cannot be put in words: then nobody heard it.
   */
  deliver({ room, users, all, cid, task, data }: Speech): void {
    if (room !== undefined) return this.#sayIn(room, task, data);
    const message = new Message({ task, data });
    if (users) for (const id of users) this.#sendTo(this.#users.of(id), `user ${id}`, message);
    else if (all) for (const client of this.#clients.values()) this.#send(client, message);
    else if (cid !== undefined) this.#sendTo(this.#clients.get(cid), `connection ${cid}`, message);
    else this.log.warning(`${task} was said to nobody: name a room, users, all or a cid`);
    if (message.failure) throw message.failure;
  }

  /** The clients in a room on this server; empty when there is no such room. */
  who(name: string): ReadonlySet<Client> {
    return this.#rooms.get(name)?.members ?? new Set();
  }

  /** The connection of this cid, when it is in a room on this server. */
  client(cid: string): Client | undefined {
    return this.#clients.get(cid);
  }

  /** Whether a client is in a room. */
  isIn(client: Client, name: string): boolean {
    return this.#rooms.get(name)?.members.has(client) ?? false;
  }

  /** Makes a room that lives without members and keeps its last message. */
  keep(name: string): void {
    this.#open(name).kept = true;
  }

  /** The last message of a room that keeps it. */
  last(name: string): Message | undefined {
    return this.#rooms.get(name)?.last;
  }

  #enter(client: Client): Room[] {
    const places: Room[] = [];
    this.#places.set(client, places);
    this.#clients.set(client.cid, client);
    this.#users.add(client);
    return places;
  }

  #open(name: string): Room {
    const there = this.#rooms.get(name);
    if (there) return there;
    const room = new Room(name, (client, message) => this.#send(client, message));
    this.#rooms.set(name, room);
    return room;
  }

  #part(client: Client, room: Room): void {
    room.remove(client);
    client.trace?.step('room', `left ${room.name}`);
    if (room.members.size === 0 && !room.kept) {
      room.close();
      this.#rooms.delete(room.name);
    } else if (this.options.notices !== false) room.notice('leave', client);
  }

  #sayIn(name: string, task: string, data: Json): void {
    const room = this.#rooms.get(name);
    if (room) room.say(task, data);
    else if (this.log.logs('DEBUG')) this.log.debug(`${task} was said in ${name}, where nobody is`);
  }

  #sendTo(receivers: Client | Iterable<Client> | undefined, name: string, message: Message): void {
    if (!receivers) return this.log.warning(`${message.words.task} was said to ${name}, who is not here`);
    if (Symbol.iterator in receivers) for (const client of receivers) this.#send(client, message);
    else this.#send(receivers, message);
  }

  #send(client: Client, message: Message): void {
    // What cannot be put in words was logged for the first who should hear it.
    if (message.failure) return;
    try {
      client.send(message);
    } catch (error) {
      this.log.error(`connection ${client.cid} could not be told`, error);
    }
  }
}
