import type { Json } from '../../wire/json.js';
import type { Request } from './request.js';
import type { Schema } from './schema.js';

/** What a task answers; nothing means null, and without a `ref` no answer at all. */
export type Answer = Json | undefined | void;

/**
 * What a client can call: a class, instantiated for each call and listed by name in the settings. It is
 * isolated: its own instance, deadline, abort signal and error boundary. Services are injected into its constructor.
 * `Data` is what it is given, `Said` what it says.
 */
export abstract class Task<Data = Json, Said = Json> {
  /** Never there: it tells the compiler what a typed client may send, and hears. */
  declare readonly '~types'?: (data: Data) => Said;
  /** Milliseconds until the call is answered with `deadline`. */
  static readonly deadline: number = 10_000;
  /** Set to `import.meta.url` to run each call in a worker thread, where no service can be injected. */
  static readonly thread: string | undefined;
  /** What `data` must be: any Standard Schema, such as zod's. */
  static readonly schema: Schema | undefined;

  /** Does the work; throws a Refusal to tell the caller why not. */
  abstract main(request: Request<Data, Said>): Answer | Promise<Answer>;

  /** Called when the call is broken off, so that `main` can end soon. */
  interrupt?(): void;
}

/** A class of tasks, as listed in the settings. */
export type TaskClass = (new (
  ...args: never[]
) => Task<never, unknown>) & {
  readonly deadline: number;
  readonly thread: string | undefined;
  readonly schema: Schema | undefined;
};
