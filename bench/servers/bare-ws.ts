import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

/** The yardstick: rooms in a map and one `send` per client, as anybody writes it with `ws`. */
interface Words {
  room: string;
  data?: string;
}

const rooms = new Map<string, Set<WebSocket>>();

function join(client: WebSocket, name: string): void {
  const room = rooms.get(name) ?? new Set();
  rooms.set(name, room.add(client));
  client.on('close', () => room.delete(client));
  client.send('joined');
}

function say(name: string, data: string): void {
  for (const client of rooms.get(name) ?? []) client.send(data);
}

function hear(client: WebSocket, text: string): void {
  if (!text.startsWith('{')) {
    client.send(text);
    return;
  }
  const { room, data } = JSON.parse(text) as Words;
  if (data === undefined) join(client, room);
  else say(room, data);
}

const http = createServer();
const server = new WebSocketServer({ server: http });
server.on('connection', (client) => {
  client.on('message', (data) => hear(client, String(data)));
});
http.listen(0, '127.0.0.1', () => {
  console.log(`bare ws is listening on http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});
