import { once } from 'node:events';
import { connect } from 'node:net';
import type { TestServer } from './server.js';

type Figures = Readonly<Record<string, string | number>>;

interface Status {
  services: { name: string; about?: Figures }[];
}

/** What a service tells about itself in `status --json`, asked over the control socket. */
export async function figuresOf(server: TestServer, service: string): Promise<Figures> {
  const socket = connect(server.file('interface.sock')).setEncoding('utf8');
  let said = '';
  socket.on('data', (text: string) => {
    said += text;
  });
  socket.write('status --json');
  await once(socket, 'close');
  const { services } = JSON.parse(said.split('\n')[0] ?? '') as Status;
  const found = services.find(({ name }) => name === service);
  if (!found?.about) throw new Error(`status tells nothing of ${service}`);
  return found.about;
}
