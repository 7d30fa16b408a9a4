import { type Command, Commands } from '../../infra/commands.js';
import { inject } from '../../infra/inject.js';
import { type Run, Service } from '../../infra/service.js';
import { ServiceManager } from '../../infra/service-manager.js';
import type { Step, Where } from '../../wire/operations.js';
import { Refusal } from '../calls/refusal.js';
import type { Client } from '../rooms/client.js';
import { RoomHandler } from '../rooms/room-handler.js';
import { Follower } from './follower.js';

/** Follows connections through socket, room, task and service, for operators and for the command `trace`. */
export class Tracer extends Service {
  readonly #followers = new Map<Client, Set<Follower>>();
  readonly #seats = new WeakMap<Client, AbortController>();

  constructor(
    @inject(Commands) private readonly commands: Commands,
    @inject(ServiceManager) private readonly services: ServiceManager,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
  ) {
    super();
  }

  override async main(run: Run): Promise<void> {
    const forget = this.commands.add('trace', this.#command);
    const stopHearing = this.services.onChange(({ name, state, reason }) => {
      if (state === 'starting' || state === 'stopping') return;
      this.#tellAll('service', `${name} is ${state}${state === 'enabled' || !reason ? '' : `: ${reason}`}`);
    });
    run.ready();
    await run.stopped;
    stopHearing();
    forget();
    for (const client of [...this.#followers.keys()]) this.#over(client, 'the server ends all traces');
  }

  override describe(): Record<string, number> {
    return { followed: this.#followers.size };
  }

  /**
   * Tells what happens to a connection, until it has ended or the signal aborts; resolves with why it is over. At most
   * 200 steps a second are told. Throws a Refusal when there is no such connection.
   */
  follow(cid: string, signal: AbortSignal, tell: (step: Step) => void): Promise<string> {
    const client = this.rooms.client(cid);
    if (!client) throw new Refusal('bad-data', `there is no client ${cid}: /console lists them`);
    return new Promise((resolve) => {
      const follower = new Follower(tell, resolve);
      this.#add(client, follower);
      const who = client.user ? client.user.username : 'anonymous';
      follower.step('socket', `${who} at ${client.peer.address} is followed`);
      for (const room of this.rooms.where(client)) follower.step('room', `is in ${room}`);
      const leave = (): void => this.#remove(client, follower);
      if (signal.aborted) leave();
      else signal.addEventListener('abort', leave, { once: true });
    });
  }

  /** A signal for what an operator's connection follows next; that of what it followed before aborts. */
  seat(operator: string): AbortSignal {
    const seat = new AbortController();
    const client = this.rooms.client(operator);
    if (!client) return AbortSignal.abort();
    this.#seats.get(client)?.abort();
    this.#seats.set(client, seat);
    return seat.signal;
  }

  readonly #command: Command = async ([cid], { say, signal }) => {
    if (!cid) throw new Error('trace needs the cid of a client: /console lists them');
    const why = await this.follow(cid, signal, ({ time, where, what }) =>
      say(`${time}  ${where.padEnd(7)}  ${what}`),
    );
    return [`the trace is over: ${why}`];
  };

  #add(client: Client, follower: Follower): void {
    const followers = this.#followers.get(client) ?? new Set();
    this.#followers.set(client, followers.add(follower));
    client.trace ??= {
      step: (where, what) => this.#tell(followers, where, what),
      over: () => this.#over(client, 'the client has left'),
    };
  }

  #remove(client: Client, follower: Follower): void {
    const followers = this.#followers.get(client);
    if (!followers?.delete(follower)) return;
    if (followers.size === 0) this.#forget(client);
    follower.end('you ended it');
  }

  #over(client: Client, why: string): void {
    const followers = this.#followers.get(client) ?? [];
    this.#forget(client);
    for (const follower of followers) follower.end(why);
  }

  #forget(client: Client): void {
    this.#followers.delete(client);
    client.trace = undefined;
  }

  #tellAll(where: Where, what: string): void {
    for (const followers of this.#followers.values()) this.#tell(followers, where, what);
  }

  #tell(followers: Iterable<Follower>, where: Where, what: string): void {
    for (const follower of followers) follower.step(where, what);
  }
}
