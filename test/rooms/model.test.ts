import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Target } from '../../src/services/rooms/speech.js';
import { FakeClient, roomHandler } from './fake-client.js';

const ROOMS = ['lobby', 'attic', 'cellar', '__proto__'];
const KEPT = 'lobby';
const MOST = 3;
/** The users of the clients, by the clients' numbers. */
const USERS = [null, 1, 1, 2, '2', null];

type Step =
  | { do: 'join' | 'leave'; who: number; room: string }
  | { do: 'go'; who: number }
  | { do: 'say'; target: Target };

const who = fc.nat(USERS.length - 1);
const room = fc.constantFrom(...ROOMS);
const target: fc.Arbitrary<Target> = fc.oneof(
  fc.record({ room: fc.constantFrom(...ROOMS, 'nowhere') }),
  fc.record({ users: fc.uniqueArray(fc.constantFrom(1, 2, 3)) }),
  fc.record({ all: fc.constant(true as const) }),
  fc.record({ cid: fc.nat(USERS.length).map(String) }),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('join' as const), who, room }) },
  fc.record({ do: fc.constant('leave' as const), who, room }),
  fc.record({ do: fc.constant('go' as const), who }),
  { weight: 2, arbitrary: fc.record({ do: fc.constant('say' as const), target }) },
);

/** What a room handler does, told as simply as possible. */
class Model {
  readonly heard: string[][] = USERS.map(() => []);
  /** For each client that is here, its rooms. */
  readonly places = new Map<number, Set<string>>();
  readonly offsets = new Map<string, number>([[KEPT, 0]]);

  /** The offset, or undefined when it may not. */
  join(who: number, room: string): number | undefined {
    const places = this.places.get(who) ?? new Set();
    if (!places.has(room) && places.size === MOST) return undefined;
    this.places.set(who, places.add(room));
    if (!this.offsets.has(room)) this.offsets.set(room, 0);
    return this.offsets.get(room);
  }

  leave(who: number, room: string): void {
    this.places.get(who)?.delete(room);
    this.#sweep();
  }

  go(who: number): void {
    this.places.delete(who);
    this.#sweep();
  }

  say({ room, users, all, cid }: Target): void {
    const offset = room === undefined ? 0 : (this.offsets.get(room) ?? 0) + 1;
    if (room !== undefined && this.offsets.has(room)) this.offsets.set(room, offset);
    for (const [who, places] of this.places) {
      const hears =
        room !== undefined
          ? places.has(room)
          : (users?.some((id) => id === Number(USERS[who])) ?? (all || cid === String(who)));
      if (hears) this.heard[who]?.push(room === undefined ? 'News' : `News in ${room} at ${offset}`);
    }
  }

  members(room: string): number[] {
    return [...this.places].flatMap(([who, places]) => (places.has(room) ? [who] : []));
  }

  #sweep(): void {
    for (const room of this.offsets.keys())
      if (room !== KEPT && this.members(room).length === 0) this.offsets.delete(room);
  }
}

test('10,000 random operations on the room handler agree with a simple model', () => {
  const steps = fc.array(step, { minLength: 100, maxLength: 100 });
  fc.assert(fc.property(steps, agrees), { seed: 1873, numRuns: 100 });
});

function agrees(steps: Step[]): void {
  const rooms = roomHandler({ roomsPerClient: MOST });
  rooms.keep(KEPT);
  const clients = USERS.map(
    (id, n) => new FakeClient(String(n), id === null ? null : { id, username: `user ${id}` }),
  );
  const model = new Model();
  for (const step of steps) {
    if (step.do === 'say') {
      rooms.say({ ...step.target, task: 'News', data: null });
      model.say(step.target);
      continue;
    }
    const client = clients[step.who] as FakeClient;
    if (step.do === 'go') {
      rooms.leave(client);
      model.go(step.who);
    } else if (step.do === 'leave') {
      rooms.leave(client, step.room);
      model.leave(step.who, step.room);
    } else {
      const offset = model.join(step.who, step.room);
      if (offset === undefined) assert.throws(() => rooms.join(client, step.room), RangeError);
      else assert.equal(rooms.join(client, step.room), offset);
    }
    assert.deepEqual(rooms.describe(), { clients: model.places.size, rooms: model.offsets.size });
    for (const name of ROOMS) {
      const members = [...rooms.who(name)].map(({ cid }) => Number(cid));
      assert.deepEqual(members.sort(), model.members(name).sort());
    }
    assert.equal(rooms.client(client.cid), model.places.has(step.who) ? client : undefined);
  }
  assert.deepEqual(
    clients.map(({ heard }) => heard),
    model.heard,
  );
}
