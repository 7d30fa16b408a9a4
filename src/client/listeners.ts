/** Functions that want to hear something, each at most once. One that throws does not keep the others from hearing. */
export class Listeners<Value> extends Set<(value: Value) => void> {
  /** Tells all of them; what one throws surfaces as an uncaught error of the page or process, afterwards. */
  tell(value: Value): void {
    // A copy: who is added while this is told hears the next one first.
    for (const listener of [...this]) {
      try {
        listener(value);
      } catch (error) {
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
