import { inject } from '../../infra/inject.js';
import { type Run, Service } from '../../infra/service.js';
import { Settings } from '../../infra/settings.js';
import type { Json } from '../../wire/json.js';
import { ORDER, ROLL, ROLL_CALL, type Roll, TELEGRAPH } from '../../wire/telegraph.js';
import type { User } from '../rooms/client.js';
import type { Message } from '../rooms/message.js';
import { RoomHandler } from '../rooms/room-handler.js';

/** At most one roll in so many milliseconds. */
const ROLL_EVERY = 100;
/** How many visitors a roll names: those who spoke last. */
const MOST = 50;
const LONGEST_NAME = 64;

/** Knows who has acknowledged the order that stands, and tells it to its room; nothing, unless the settings allow it. */
export class Acknowledgements extends Service {
  readonly #by = new Map<string, Roll['by'][number]>();
  #order: Message | undefined;
  #due = false;
  #pause: NodeJS.Timeout | undefined;

  constructor(
    @inject(Settings) private readonly settings: Settings,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
  ) {
    super();
  }

  override async main(run: Run): Promise<void> {
    run.ready();
    await run.stopped;
    clearTimeout(this.#pause);
    this.#pause = undefined;
  }

  /** Whether the settings allow it at all. */
  get shown(): boolean {
    const { mode, acknowledgements } = this.settings.panel;
    return acknowledgements && mode === 'status';
  }

  /** Somebody has acknowledged; a known user counts once, through whatever connection. */
  note(cid: string, user: User | null, position: number): void {
    if (!this.shown) return;
    this.#forgetOld();
    const who = user ? `user ${user.id}` : cid;
    this.#by.set(who, { name: user ? String(user.username).slice(0, LONGEST_NAME) : null, position });
    const [oldest] = this.#by.keys();
    if (this.#by.size > MOST && oldest !== undefined) this.#by.delete(oldest);
    if (this.#pause) this.#due = true;
    else this.#tell();
  }

  /** Who has acknowledged what since the order was given. */
  roll(): Roll {
    this.#forgetOld();
    const { task, data } = this.#order?.words ?? {};
    return { order: task === ORDER && typeof data === 'number' ? data : null, by: [...this.#by.values()] };
  }

  #forgetOld(): void {
    const order = this.rooms.last(TELEGRAPH);
    if (order === this.#order) return;
    this.#order = order;
    this.#by.clear();
  }

  #tell(): void {
    this.#due = false;
    // Every server has a roll of its own visitors: one must not replace another's.
    this.rooms.deliver({ room: ROLL_CALL, task: ROLL, data: this.roll() as unknown as Json });
    this.#pause = setTimeout(() => {
      this.#pause = undefined;
      if (this.#due) this.#tell();
    }, ROLL_EVERY);
  }
}
