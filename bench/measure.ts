import { setTimeout as sleep } from 'node:timers/promises';
import type { Contender } from './contenders.js';
import type { Job } from './load/job.js';
import { type Done, LoadProcess } from './load-process.js';
import { MeasuredServer } from './measured-server.js';
import type { Row } from './rows.js';

const WARM_UP_MS = 1000;
const WINDOW_MS = 1500;
const SETTLE_MS = 300;
/** An odd number. */
const STARTS = 3;

/** One figure of one round. */
export interface Measurement {
  figure: number;
  /** Deliveries lost, doubled, out of order or strange, in words. */
  faults: string[];
  /** How busy both sides were, to see who is the limit. */
  note: string;
}

/** Measures one row of one server, from the start of its process to its end. */
export async function measure(row: Row, contender: Contender): Promise<Measurement> {
  const { measure: how } = row;
  if (how.by === 'start') return start(contender);
  const server = await MeasuredServer.start(contender, true);
  try {
    const job = { dialect: contender.key, port: server.port, task: how.task };
    return how.by === 'cpu' ? await cpu(server, job) : await memory(server, job);
  } finally {
    await server.end();
  }
}

/** One start says little on a machine that does other things too: the middle one of a few. */
async function start(contender: Contender): Promise<Measurement> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i += 1) {
    const server = await MeasuredServer.start(contender, false);
    times.push(server.msToListening);
    await server.end();
  }
  times.sort((a, b) => a - b);
  return { figure: times[(STARTS - 1) / 2] ?? Number.NaN, faults: [], note: `the middle of ${STARTS}` };
}

type Order = Pick<Job, 'dialect' | 'port' | 'task'>;

async function cpu(server: MeasuredServer, order: Order): Promise<Measurement> {
  const load = await LoadProcess.warm({ ...order, warmUpMs: WARM_UP_MS, windowMs: WINDOW_MS });
  try {
    const before = await server.read('read');
    const done = await load.run();
    const after = await server.read('read');
    const spent = after.cpuMicroseconds - before.cpuMicroseconds;
    const note = `${thousands(done)} a second, server ${share(spent / 1000, done)}, load ${share(done.loadCpuMs, done)}`;
    return { figure: spent / done.messages, faults: faultsOf(done), note };
  } finally {
    await load.end();
  }
}

async function memory(server: MeasuredServer, order: Order): Promise<Measurement> {
  const load = await LoadProcess.warm({ ...order, warmUpMs: 0, windowMs: 0 });
  try {
    await sleep(SETTLE_MS);
    const before = await server.read('settle');
    const done = await load.run();
    await sleep(SETTLE_MS);
    const after = await server.read('settle');
    const figure = (after.residentBytes - before.residentBytes) / 1024 / done.messages;
    return { figure, faults: faultsOf(done), note: `${done.messages} came in ${Math.round(done.ms)} ms` };
  } finally {
    await load.end();
  }
}

function faultsOf({ faults, messages }: Done): string[] {
  const { skipped, repeated, strange, missing, samples } = faults;
  const empty = messages === 0 ? ['nothing was delivered'] : [];
  if (skipped + repeated + strange + missing === 0) return empty;
  const counts = `${skipped} skipped, ${repeated} repeated or late, ${strange} strange, ${missing} missing`;
  return [...empty, `${counts} (${samples.join('; ')})`];
}

function thousands({ messages, ms }: Done): string {
  return `${Math.round(messages / ms)} thousand`;
}

function share(cpuMs: number, { ms }: Done): string {
  return `${Math.round((cpuMs / ms) * 100)} % busy`;
}
