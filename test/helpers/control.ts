import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { connect, type NetConnectOpts } from 'node:net';
import { join } from 'node:path';
import type { ServiceStatus, State } from '../../src/infra/service-container.js';
import { eventually } from './eventually.js';

/** What a server in a folder of its own leaves there while it lives. */
const RUN_FILES = ['interface.sock', 'server.lock', 'server.lock.d', 'server.lock.turn'];

/** The files of a running server that lie in a folder. */
export function runFiles(folder: string): string[] {
  return RUN_FILES.filter((name) => existsSync(join(folder, name)));
}

/** Opens a raw connection, writes the words and gives every byte that comes until the connection ends. */
export async function talk(to: string | NetConnectOpts, words: string): Promise<string> {
  const socket = connect(typeof to === 'string' ? { path: to } : to);
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  await once(socket, 'connect');
  socket.write(words);
  await once(socket, 'close');
  return heard;
}

export interface ServerStatus {
  pid: number;
  since: string;
  services: ServiceStatus[];
}

/** What `status --json` tells over the control socket of a folder. */
export async function statusOf(folder: string): Promise<ServerStatus> {
  const answer = await talk(join(folder, 'interface.sock'), 'status --json');
  return JSON.parse(answer.slice(0, answer.indexOf('\n'))) as ServerStatus;
}

/** Waits until a service has come to a state; what `status` tells of it then. */
export function untilState(folder: string, name: string, state: State): Promise<ServiceStatus> {
  return eventually(async () => {
    const { services } = await statusOf(folder);
    return services.find((service) => service.name === name && service.state === state);
  }, `${name} is ${state}`);
}
