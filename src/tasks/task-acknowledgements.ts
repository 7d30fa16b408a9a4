import { inject } from '../infra/inject.js';
import { Refusal } from '../services/calls/refusal.js';
import { Task } from '../services/calls/task.js';
import { Acknowledgements } from '../services/telegraph/acknowledgements.js';
import type { Json } from '../wire/json.js';

/** Answers who has acknowledged what since the order was given (PROTOCOL.md, 2.2). */
export class TaskAcknowledgements extends Task {
  constructor(@inject(Acknowledgements) private readonly acknowledgements: Acknowledgements) {
    super();
  }

  main(): Json {
    if (!this.acknowledgements.shown)
      throw new Refusal('refused', 'the settings of this server keep to themselves who has acknowledged');
    return this.acknowledgements.roll() as unknown as Json;
  }
}
