import type { Json } from '../wire/json.js';
import { EotError } from './eot-error.js';
import type { Answer } from './incoming.js';

interface Pending {
  task: string;
  timer: ReturnType<typeof setTimeout>;
  resolve(data: Json): void;
  reject(error: EotError): void;
}

/** The calls that wait for their answer. Each is settled exactly once: by the server, its deadline, or a loss. */
export class PendingAsks {
  readonly #pending = new Map<Json, Pending>();

  /** Waits at most `deadline` ms for the answer to `ref`; rejects with an `EotError`. */
  wait(ref: number, task: string, deadline: number): Promise<Json> {
    return new Promise((resolve, reject) => {
      const late = () =>
        this.#take(ref)?.reject(new EotError('deadline', `no answer within ${deadline} ms`, task));
      this.#pending.set(ref, { task, timer: setTimeout(late, deadline), resolve, reject });
    });
  }

  /** An answer that came too late, or that nobody asked for, is ignored. */
  settle({ ref, result }: Answer): void {
    const pending = this.#take(ref);
    if (result instanceof EotError) pending?.reject(result);
    else pending?.resolve(result);
  }

  /** Rejects every call but those that `spared` tells to keep waiting. */
  fail(code: string, message: string, spared: (ref: Json) => boolean): void {
    for (const ref of [...this.#pending.keys()]) {
      if (spared(ref)) continue;
      const pending = this.#take(ref);
      pending?.reject(new EotError(code, message, pending.task));
    }
  }

  #take(ref: Json): Pending | undefined {
    const pending = this.#pending.get(ref);
    this.#pending.delete(ref);
    clearTimeout(pending?.timer);
    return pending;
  }
}
