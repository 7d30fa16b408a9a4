import type { Task } from './load/job.js';

/** One line of the table. */
export interface Row {
  readonly key: string;
  readonly title: string;
  readonly unit: string;
  /** Digits after the point. */
  readonly digits: number;
  /** The ratio to bare ws that this server has to reach; rows without one only have to beat Socket.IO. */
  readonly target?: number;
  readonly measure: { by: 'cpu'; task: Task } | { by: 'memory'; task: Task } | { by: 'start' };
}

const MICROSECONDS = 'CPU µs per message';

/** All that is measured, in the order of the table. */
export const ROWS: readonly Row[] = [
  cpu('echo-1', 'echo 64 B, 100 connections, 1 in flight each', 1.3, echo(1)),
  cpu('echo-16', 'echo 64 B, 100 connections, 16 in flight each', 0.5, echo(16)),
  cpu('fan-out-1', 'fan-out 100 B to 1,000, one at a time', 0.85, rooms(1, 1000, 1)),
  cpu('fan-out-16', 'fan-out 100 B to 1,000, 16 in flight', 0.08, rooms(1, 1000, 16)),
  cpu('rooms', '100 rooms of 10, 100 B, 1 in flight each', 1.15, rooms(100, 10, 1)),
  {
    key: 'memory',
    title: 'idle, 5,000 connections',
    unit: 'KiB per connection',
    digits: 2,
    target: 1.3,
    measure: { by: 'memory', task: { kind: 'idle', before: 50, connections: 5000 } },
  },
  { key: 'start', title: 'from start to listening', unit: 'ms', digits: 0, measure: { by: 'start' } },
];

function cpu(key: string, title: string, target: number, task: Task): Row {
  return { key, title, unit: MICROSECONDS, digits: 2, target, measure: { by: 'cpu', task } };
}

function echo(inFlight: number): Task {
  return { kind: 'echo', connections: 100, inFlight, bytes: 64 };
}

function rooms(count: number, members: number, inFlight: number): Task {
  return { kind: 'rooms', rooms: count, members, inFlight, bytes: 100 };
}
