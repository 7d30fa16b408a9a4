import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';

const http = createServer();
const io = new Server(http);
io.on('connection', (socket) => {
  socket.on('join', async (room: string, joined: () => void) => {
    await socket.join(room);
    joined();
  });
  socket.on('echo', (data: string, answer: (data: string) => void) => answer(data));
  socket.on('say', (room: string, data: string) => io.to(room).emit('say', data));
});
http.listen(0, '127.0.0.1', () => {
  console.log(`Socket.IO is listening on http://127.0.0.1:${(http.address() as AddressInfo).port}`);
});
