import type { Listing, OptionsOf, ServiceClass, Terms } from './listing.js';

/** One life of a service, from the call of `main` to its end. */
export interface Run {
  /** Aborts when the service must stop, and when it has died: hang everything on it. */
  readonly signal: AbortSignal;
  /** The same, to await. */
  readonly stopped: Promise<void>;
  /** The service is up. Failing before it fails the start; failing after it is a death, and is healed. */
  ready(): void;
}

/**
 * A part of the server that is started in listed order, resurrected as the same object when it dies, and
 * stopped in reverse order. Fields outlive a death, the locals of `main` do not.
 */
export abstract class Service {
  /** How long `main` may take to call `ready()`, in milliseconds. */
  static readonly startWithin: number = 10_000;
  /** How long `disable` and `main` may take to end once told to, in milliseconds. */
  static readonly stopWithin: number = 2_000;

  /** The body of the service: returns or throws to end it. As it stands: ready at once, then waits. */
  async main(run: Run): Promise<void> {
    run.ready();
    await run.stopped;
  }

  /** Called just before `signal` aborts, while everything still works; awaited within `stopWithin`. */
  disable?(): void | Promise<void>;

  /**
   * Called by a reload while the service is enabled, when its options, and the settings, say something new: they are the
   * objects that it was given, with another content. What it throws calls the whole reload off. Without it, the service is
   * restarted when its options have changed.
   */
  reload?(): void | Promise<void>;

  /** Figures about the service that `status` shows. */
  describe?(): Readonly<Record<string, string | number>>;

  /** Lists this class in the settings with options, and optionally with terms of its own. */
  static with<C extends ServiceClass>(this: C, options: OptionsOf<C>, terms: Terms = {}): Listing {
    return { service: this, options: options ?? {}, terms };
  }
}
