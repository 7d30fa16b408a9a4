import { errorFrom } from './error-from.js';

type Step = () => void | Promise<void>;

/** Remembers how to undo what was done, and undoes it in reverse, also when a step fails. */
export class Unwind {
  readonly #steps: { name: string; undo: Step }[] = [];
  #done: Promise<Error[]> | undefined;

  /** @param name what an error in this step will be told of */
  push(name: string, undo: Step): void {
    this.#steps.push({ name, undo });
  }

  /** Undoes everything once, however often it is called; resolves with what went wrong on the way. */
  run(): Promise<Error[]> {
    this.#done ??= this.#undoAll();
    return this.#done;
  }

  async #undoAll(): Promise<Error[]> {
    const failures: Error[] = [];
    for (let step = this.#steps.pop(); step; step = this.#steps.pop()) {
      try {
        await step.undo();
      } catch (error) {
        failures.push(new Error(`while undoing ${step.name}: ${errorFrom(error).message}`, { cause: error }));
      }
    }
    return failures;
  }
}
