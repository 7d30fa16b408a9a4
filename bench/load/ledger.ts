/** What went wrong with deliveries; empty of everything in a sound run. */
export interface Faults {
  skipped: number;
  repeated: number;
  strange: number;
  missing: number;
  /** The first few, in words. */
  samples: string[];
}

const SAMPLES = 5;

/** The account of all deliveries of one load process: what came, and what came wrong. */
export class Ledger {
  delivered = 0;
  /** Frames beside the measured ones; that they cease is how a load knows that the server has come to rest. */
  asides = 0;
  readonly faults: Faults = { skipped: 0, repeated: 0, strange: 0, missing: 0, samples: [] };

  /** A number came that was not due: those between were lost or overtaken, or this one came twice or late. */
  disorder(due: number, came: number): void {
    if (came > due) this.faults.skipped += came - due;
    else this.faults.repeated += 1;
    this.#sample(`message ${came} came where ${due} was due`);
  }

  /** Something came that nobody should have sent, or a connection ended. */
  strange(what: string): void {
    this.faults.strange += 1;
    this.#sample(what.slice(0, 200));
  }

  /** Deliveries that had not come when the load gave up waiting. */
  missing(count: number): void {
    this.faults.missing += count;
    this.#sample(`${count} deliveries never came`);
  }

  #sample(words: string): void {
    if (this.faults.samples.length < SAMPLES) this.faults.samples.push(words);
  }
}
