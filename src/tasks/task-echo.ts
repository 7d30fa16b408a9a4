import type { Request } from '../services/calls/request.js';
import { Task } from '../services/calls/task.js';
import type { Json } from '../wire/json.js';

/** Answers its data. */
export class TaskEcho extends Task {
  main<Data extends Json>({ data }: Request<Data>): Data {
    return data;
  }
}
