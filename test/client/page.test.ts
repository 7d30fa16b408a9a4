import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { WebSocket } from 'ws';
import { EotClient } from '../../src/client/eot-client.js';
import { root } from '../helpers/server.js';

const url = 'ws://127.0.0.1:1/ws';

test('without a page, what is missing is named with its remedy', () => {
  assert.throws(() => new EotClient({ room: 'r', WebSocket }), /take the url from: give \{ url: 'ws:/);
  assert.throws(() => new EotClient({ url, WebSocket }), /take the room from: give \{ room: 'lobby' \}/);
});

test('without a WebSocket, the package that has one is named', (t) => {
  const own = Object.getOwnPropertyDescriptor(globalThis, 'WebSocket');
  Reflect.deleteProperty(globalThis, 'WebSocket');
  t.after(() => own && Object.defineProperty(globalThis, 'WebSocket', own));
  assert.throws(
    () => new EotClient({ url, room: 'r' }),
    /npm install ws, and give \{ WebSocket \} from 'ws'/,
  );
});

test('a script tag gives a page EotClient and Zephclient in at most 6 KB, and they need no options there', async () => {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'src/client/global.ts')],
    bundle: true,
    minify: true,
    format: 'iife',
    write: false,
  });
  const code = outputFiles[0]?.text ?? '';
  assert.ok(gzipSync(code).length <= 6_000, `${gzipSync(code).length} bytes`);

  for (const [href, address] of [
    ['http://ship.example:1873/panel#x', 'ws://ship.example:1873/ws'],
    ['https://ship.example/', 'wss://ship.example/ws'],
  ] as const) {
    const sockets: FakeSocket[] = [];
    class FakeSocket {
      sent: string[] = [];
      onopen = () => {};
      constructor(readonly url: string) {
        sockets.push(this);
      }
      send(text: string): void {
        this.sent.push(text);
      }
      close(): void {}
    }
    const clients = runInNewContext(`${code}; [new EotClient(), new Zephclient(null, '')]`, {
      location: new URL(href),
      WebSocket: FakeSocket,
      setTimeout,
      clearTimeout,
      setInterval,
      clearInterval,
    });
    assert.equal(sockets.length, 2);
    for (const socket of sockets) {
      assert.equal(socket.url, address);
      socket.onopen();
      assert.equal(JSON.parse(socket.sent[0] ?? '').room, href);
    }
    for (const client of clients) client.close();
  }
});
