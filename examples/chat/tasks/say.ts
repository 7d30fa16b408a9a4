import { type Request, Task } from 'eot-server';
import * as z from 'zod';

const words = z.object({
  name: z.string().trim().min(1).max(40),
  text: z.string().trim().min(1).max(500),
});

type Words = z.infer<typeof words>;

/** Says something in somebody's name to the room. */
export class Say extends Task<Words, Words> {
  static override readonly schema = words;

  main({ data, say }: Request<Words, Words>): void {
    say(data);
  }
}
