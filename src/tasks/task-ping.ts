import { Task } from '../services/calls/task.js';

/** Keeps a connection alive; answers nothing. */
export class TaskPing extends Task {
  main(): void {}
}
