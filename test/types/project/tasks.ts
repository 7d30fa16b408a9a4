import { Refusal, type Request, Task } from 'eot-server';
import * as z from 'zod';

interface Order {
  dish: string;
  count: number;
}

/** Data and answer of its own, and it says something else. */
export class Cook extends Task<Order, { ready: string }> {
  main({ data, say }: Request<Order, { ready: string }>): number {
    if (data.count < 1) throw new Refusal('bad-data', 'nothing to cook');
    say({ ready: data.dish });
    return data.count;
  }
}

/** What the client sends is not what the task gets. */
export class Measure extends Task<{ size: number; unit: string }> {
  static override readonly schema = z.object({
    size: z.string().transform(Number),
    unit: z.string().default('mm'),
  });

  async main({ data }: Request<{ size: number; unit: string }>): Promise<{ text: string } | undefined> {
    return data.size > 0 ? { text: `${data.size} ${data.unit}` } : undefined;
  }
}

/** Answers nothing, takes null. */
export class Ring extends Task<null, 'ding'> {
  main({ say }: Request<null, 'ding'>): void {
    say('ding');
  }
}
