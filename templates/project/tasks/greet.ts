import { Refusal, type Request, Task } from 'eot-server';

/** Greets somebody before the whole room. */
export class Greet extends Task<string> {
  main({ data, say }: Request<string>): string {
    if (!data) throw new Refusal('bad-data', 'whom shall I greet?');
    say(`Hello, ${data}!`);
    return 'done';
  }
}
