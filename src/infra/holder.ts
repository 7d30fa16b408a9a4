import { readFileSync } from 'node:fs';
import { codeOf } from './error-from.js';

/** The process that holds a lock: its id, and when the system started it, so that a reused id is not mistaken for it. */
export interface Holder {
  pid: number;
  born: string;
}

/** This process. */
export function thisProcess(): Holder {
  return { pid: process.pid, born: bornOf(process.pid) };
}

/** The holder that a lock file names; undefined when it names none. */
export function readHolder(file: string): Holder | undefined {
  const [pid = '', born = ''] = read(file).trim().split(' ');
  return /^\d+$/.test(pid) ? { pid: Number(pid), born } : undefined;
}

/** Whether that very process still lives. */
export function lives({ pid, born }: Holder): boolean {
  const [state] = statOf(pid);
  // A process that has ended stays in the table until its parent asks for it, which some never do.
  if (state === 'Z') return false;
  const now = bornOf(pid);
  if (now !== '') return born === '' || now === born;
  // The system tells nothing, or the process has just ended: it is asked last, so that it cannot end in between.
  return exists(pid);
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Start of a process in ticks since boot, with the boot's id; empty where the system does not tell. */
function bornOf(pid: number): string {
  const ticks = statOf(pid)[19];
  return ticks ? `${read('/proc/sys/kernel/random/boot_id').trim()}:${ticks}` : '';
}

/** What the system tells of a process behind its name: field 3 of proc(5), the state, and those that follow. */
function statOf(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** The text of a file; empty when there is none. */
function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
