import { existsSync } from 'node:fs';
import { type ControlAddress, controlAddress } from '../src/infra/control-address.js';
import { command, lines } from '../src/infra/control-client.js';
import { loadSettings } from '../src/infra/load-settings.js';
import type { ServiceStatus } from '../src/infra/service-container.js';
import type { Options } from './options.js';

const USUAL_SOCKET = './interface.sock';
/** How a line begins that says why not. */
const ERROR = 'error: ';

/** Stops the running server; resolves when its process has ended. */
export async function stop(options: Options): Promise<void> {
  await tell(options, 'stop', true);
  process.stdout.write('eot-server has stopped\n');
}

/** Prints the state of the services. */
export async function status(options: Options): Promise<void> {
  const [json = ''] = await tell(options, 'status --json');
  if (options.json) return void process.stdout.write(`${json}\n`);
  const { pid, since, services } = JSON.parse(json) as {
    pid: number;
    since: string;
    services: ServiceStatus[];
  };
  const { default: Table } = await import('cli-table3');
  const table = new Table({
    head: ['service', 'state', 'since', 'deaths', 'last reason'],
    style: { head: [], border: [] },
  });
  for (const { name, state, since, deaths, reason } of services)
    table.push([name, state, local(since), deaths, reason ?? '']);
  process.stdout.write(`pid ${pid}, since ${local(since)}\n${table.toString()}\n`);
}

/** Restarts one service. */
export async function restart(name: string, options: Options): Promise<void> {
  print(await tell(options, `restart ${name}`));
}

/** Takes changed code, tasks and settings into service. */
export async function reload(options: Options): Promise<void> {
  print(await tell(options, 'reload'));
}

/** Prints what happens to a client, as it happens, until it has left or the reader has. */
export async function trace(cid: string, options: Options): Promise<void> {
  // A reader that has gone, such as `head`, has seen enough.
  process.stdout.on('error', () => process.exit());
  for await (const line of lines(await addressOf(options), `trace ${cid}`)) {
    if (line.startsWith(ERROR)) throw new Error(line.slice(ERROR.length));
    process.stdout.write(`${line}\n`);
  }
}

/** Sends words as they are and prints the answer. */
export async function control(words: string[], options: Options): Promise<void> {
  print(await tell(options, words.join(' '), words[0] === 'stop'));
}

async function tell(options: Options, words: string, untilEnd = false): Promise<string[]> {
  const lines = await command(await addressOf(options), words, untilEnd);
  const refusal = lines.find((line) => line.startsWith(ERROR));
  if (refusal) throw new Error(refusal.slice(ERROR.length));
  return lines;
}

async function addressOf(options: Options): Promise<ControlAddress> {
  return controlAddress(options.controlSocket ?? options.interface ?? (await listedSocket(options)));
}

/** The socket that the settings name. A server that runs can be asked and stopped though they are broken by now. */
async function listedSocket({ settings }: Options): Promise<string> {
  try {
    return (await loadSettings(settings)).controlSocket;
  } catch (error) {
    if (existsSync(USUAL_SOCKET)) return USUAL_SOCKET;
    throw error;
  }
}

function print(lines: string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

function local(time: string): string {
  return new Date(time).toLocaleString('sv-SE');
}
