import { readFileSync } from 'node:fs';

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
  try {
    const [pid = '', born = ''] = readFileSync(file, 'utf8').trim().split(' ');
    return /^\d+$/.test(pid) ? { pid: Number(pid), born } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether that very process still lives. */
export function lives({ pid, born }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = bornOf(pid);
  return now === '' || born === '' || now === born;
}

/** Start of a process in ticks since boot, with the boot's id; empty where the system does not tell (proc(5), field 22). */
function bornOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}:${ticks}`;
  } catch {
    return '';
  }
}
