import { type Request, Task } from 'eot-server';

/** Says its data to the caller's room: what a fan-out is made of. */
export class BenchSay extends Task {
  override main(request: Request): void {
    request.say(request.data);
  }
}
