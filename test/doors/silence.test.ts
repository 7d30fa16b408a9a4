import assert from 'node:assert/strict';
import { test } from 'node:test';
import { untilFigures } from '../helpers/figures.js';
import { startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';
import { frame, PING, PONG, RawSocket, TEXT } from './raw-socket.js';

const settings = settingsText({
  imports: "import { Chadburn, WebSocketDoor } from 'eot-server';",
  change:
    'services: base.services.map((s) => (s === WebSocketDoor || s === Chadburn ? s.with({ heartbeat: 150 }) : s))',
});

test('who answers pings stays, who is silent is closed with 4001 and is gone from its room', async (t) => {
  const server = await startServer(t, { settings });
  const alive = await Visitor.in(t, server, 'lobby');
  const silent = await RawSocket.to(t, server);
  silent.write(frame(TEXT, '{"room":"lobby","ref":1}'));
  await silent.next();
  assert.equal((await silent.next()).opcode, PING);
  assert.equal(await silent.closeCode(), 4001);
  silent.socket.destroy();
  await untilFigures(server, 'RoomHandler', { clients: 1, rooms: 2 });
  assert.equal((await alive.ask({ task: 'TaskEcho', data: 1 })).data, 1);
});

test('any frame is a sign of life', async (t) => {
  const server = await startServer(t, { settings });
  const talking = await RawSocket.to(t, server);
  const signs = [
    frame(PONG, ''),
    frame(TEXT, '{"task":"TaskPing"}'),
    frame(TEXT, 'nonsense'),
    frame(PONG, 'x'),
  ];
  for (const sign of signs) {
    let heard = await talking.next();
    while (heard.opcode !== PING) heard = await talking.next();
    talking.write(sign);
  }
});

test('a panel that is silent is closed, too', async (t) => {
  const server = await startServer(t, { settings });
  const panel = await RawSocket.to(t, server, '/websocket');
  assert.equal((await panel.next()).payload.toString(), 'Connected to EOT Server');
  assert.equal((await panel.next()).opcode, PING);
  assert.equal(await panel.closeCode(), 4001);
});
