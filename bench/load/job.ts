import type { Faults } from './ledger.js';

/** What a load process is to do, the same for every server but for the language. */
export type Task =
  | { kind: 'echo'; connections: number; inFlight: number; bytes: number }
  | { kind: 'rooms'; rooms: number; members: number; inFlight: number; bytes: number }
  | { kind: 'idle'; before: number; connections: number };

/** A load process's orders, given as JSON on its command line. */
export interface Job {
  dialect: string;
  port: number;
  task: Task;
  warmUpMs: number;
  windowMs: number;
}

/** What a load process tells: that it is warm and silent, that its window is over, or why there is none. */
export type Report =
  | { phase: 'ready' }
  | { phase: 'done'; messages: number; faults: Faults; ms: number; loadCpuMs: number }
  | { phase: 'failed'; reason: string };
