import { once } from 'node:events';
import { bareWsDialect } from './dialects/bare-ws.js';
import type { Dialect } from './dialects/dialect.js';
import { eotServerDialect } from './dialects/eot-server.js';
import { socketIoDialect } from './dialects/socket-io.js';
import { gather, quiet } from './load/crowd.js';
import { EchoTraffic } from './load/echo-traffic.js';
import { FrameTemplate } from './load/frame-template.js';
import type { Job, Report } from './load/job.js';
import { Ledger } from './load/ledger.js';
import { RoomTraffic } from './load/room-traffic.js';
import { numberedData } from './load/sequence.js';
import { flow } from './load/traffic.js';

const DIALECTS: Record<string, Dialect> = {
  'eot-server': eotServerDialect,
  'bare-ws': bareWsDialect,
  'socket-io': socketIoDialect,
};

/** The measured part, once the load is warm. */
type Window = () => Promise<void>;

async function warmUp(job: Job, dialect: Dialect, ledger: Ledger): Promise<Window> {
  const { task, port } = job;
  if (task.kind === 'idle') {
    await gather(port, dialect, ['bench'], task.before, ledger);
    return async () => {
      ledger.delivered += (await gather(port, dialect, ['bench'], task.connections, ledger)).length;
    };
  }
  const traffic = await trafficOf(job, dialect, ledger);
  await flow(traffic, job.warmUpMs, ledger);
  return () => flow(traffic, job.windowMs, ledger);
}

async function trafficOf({ task, port }: Job, dialect: Dialect, ledger: Ledger) {
  if (task.kind === 'echo') {
    const callers = await gather(port, dialect, ['bench'], task.connections, ledger);
    return new EchoTraffic(callers, new FrameTemplate(dialect.echo(numberedData(task.bytes))), task.inFlight);
  }
  if (task.kind !== 'rooms') throw new Error(`no traffic for a task of kind ${task.kind}`);
  const data = numberedData(task.bytes);
  const rooms = Array.from({ length: task.rooms }, (_, number) => `bench-${number}`);
  const members = await gather(port, dialect, rooms, task.members, ledger);
  const template = (room: number) => new FrameTemplate(dialect.say(`bench-${room}`, data));
  return new RoomTraffic(members, task.members, template, task.inFlight);
}

async function main(): Promise<void> {
  const job = JSON.parse(process.argv[2] ?? '') as Job;
  const dialect = DIALECTS[job.dialect];
  if (!dialect) throw new Error(`no dialect is called ${job.dialect}`);
  const ledger = new Ledger();
  const window = await warmUp(job, dialect, ledger);
  await quiet(ledger);
  const go = once(process, 'message');
  tell({ phase: 'ready' });
  await go;
  const before = ledger.delivered;
  const cpu = process.cpuUsage();
  const start = performance.now();
  await window();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const messages = ledger.delivered - before;
  tell({ phase: 'done', messages, faults: ledger.faults, ms, loadCpuMs: (user + system) / 1000 });
}

function tell(report: Report): void {
  process.send?.(report);
}

process.on('disconnect', () => process.exit());
main().catch((error: Error) => tell({ phase: 'failed', reason: error.message }));
