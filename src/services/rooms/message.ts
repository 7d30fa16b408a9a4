import { errorFrom } from '../../infra/error-from.js';
import type { Json } from '../../wire/json.js';

/** What a client is told, in the words of the JSON language. */
export type Words = Readonly<Record<string, Json | undefined>>;

/** Where in a room's sequence a message stands. */
export interface Place {
  readonly room: string;
  readonly offset: number;
}

/** Turns a message into what one kind of client understands. */
export type Encoder<T> = (message: Message) => T;

/** Something said. It carries its encodings: each is made once, when first wanted, and shared by all receivers. */
export class Message {
  /** Why it cannot be put in words, once that was tried in vain. */
  failure: Error | undefined;
  #encoder: Encoder<unknown> | undefined;
  #encoding: unknown;
  #others: Map<Encoder<unknown>, unknown> | undefined;

  constructor(
    readonly words: Words,
    /** Undefined for what is not said in a room. */
    readonly place?: Place,
  ) {}

  /** This message in an encoder's language. */
  as<T>(encoder: Encoder<T>): T {
    if (this.#encoder === encoder) return this.#encoding as T;
    if (this.#encoder === undefined) {
      this.#encoding = this.#encode(encoder);
      this.#encoder = encoder;
      return this.#encoding as T;
    }
    this.#others ??= new Map();
    if (!this.#others.has(encoder)) this.#others.set(encoder, this.#encode(encoder));
    return this.#others.get(encoder) as T;
  }

  #encode<T>(encoder: Encoder<T>): T {
    try {
      return encoder(this);
    } catch (error) {
      this.failure = errorFrom(error);
      throw error;
    }
  }
}
