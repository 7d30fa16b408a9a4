import type { FrameTemplate } from './frame-template.js';
import { FIRST } from './sequence.js';
import type { Traffic } from './traffic.js';
import type { Listener, Visitor } from './visitor.js';

class Caller implements Listener {
  calls = 0;
  answers = 0;
  readonly #visitor: Visitor;
  readonly #template: FrameTemplate;
  readonly #traffic: EchoTraffic;

  constructor(visitor: Visitor, template: FrameTemplate, traffic: EchoTraffic) {
    this.#visitor = visitor;
    this.#template = template;
    this.#traffic = traffic;
    visitor.listener = this;
  }

  delivered(): void {
    this.answers += 1;
  }

  chunkEnd(): void {
    const room = this.#traffic.inFlight - (this.calls - this.answers);
    if (!this.#traffic.open || room === 0) return;
    this.#visitor.send(this.#template.burst(FIRST + this.calls, room));
    this.calls += room;
  }
}

/** Every visitor calls the echo, and calls again for each answer. */
export class EchoTraffic implements Traffic {
  open = false;
  readonly inFlight: number;
  readonly #callers: Caller[];

  constructor(visitors: Visitor[], template: FrameTemplate, inFlight: number) {
    this.inFlight = inFlight;
    this.#callers = visitors.map((visitor) => new Caller(visitor, template, this));
  }

  begin(): void {
    this.open = true;
    for (const caller of this.#callers) caller.chunkEnd();
  }

  end(): void {
    this.open = false;
  }

  underWay(): number {
    return this.#callers.reduce((sum, caller) => sum + caller.calls - caller.answers, 0);
  }
}
