import type { Call } from '../../wire/frame.js';
import type { Json } from '../../wire/json.js';
import type { Client, User } from '../rooms/client.js';
import type { Speech } from '../rooms/speech.js';
import type { Refusal } from './refusal.js';
import type { Request } from './request.js';

/** One call at work: what its task is given, and how it is broken off. */
export class Work implements Request {
  readonly task: string;
  readonly cid: string;
  readonly user: User | null;
  readonly frame: Readonly<Record<string, Json>>;
  #controller: AbortController | undefined;

  constructor(
    call: Call,
    readonly client: Client,
    readonly data: Json,
    readonly room: string,
    private readonly voice: { say(speech: Speech): void },
  ) {
    this.task = call.task;
    this.frame = call.frame;
    this.cid = client.cid;
    this.user = client.user;
  }

  /** Made when first asked for: most tasks end before anything could break them off. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    return this.#controller.signal;
  }

  /** Made when asked for, and so that it may be taken out of the request. */
  get say(): (data: Json) => void {
    return (data) => {
      this.client.trace?.step('room', `${this.task} speaks in ${this.room}`);
      this.voice.say({ room: this.room, task: this.task, data });
    };
  }

  /** Why it was broken off; undefined when it was not. */
  get broken(): Refusal | undefined {
    return this.#controller?.signal.reason as Refusal | undefined;
  }

  breakOff(reason: Refusal): void {
    this.#controller ??= new AbortController();
    this.#controller.abort(reason);
  }
}
