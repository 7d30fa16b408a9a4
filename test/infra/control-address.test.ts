import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { controlAddress } from '../../src/infra/control-address.js';
import { talk } from '../helpers/control.js';
import { newFolder, run, startServer } from '../helpers/server.js';

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('a server may be controlled over a loopback host and port', async (t) => {
  const port = await freePort();
  const where = `127.0.0.1:${port}`;
  const server = await startServer(t, { args: ['--control-socket', where] });
  const answer = await talk({ port, host: '127.0.0.1' }, 'x');
  assert.equal(answer, 'unknow command\n#!#end_communication#!#');
  const { code, out } = await server.command(['status', '--json', `--interface=localhost:${port}`]);
  assert.equal(code, 0);
  assert.equal((JSON.parse(out) as { pid: number }).pid, server.pid);
  const taken = await server.command(['start', '--lock-file=l', '--port=0', '--control-socket', where]);
  const sentence = `the control socket ${where} cannot be opened (it is in use): choose another with --control-socket`;
  assert.deepEqual(taken, { code: 1, out: '', err: `eot-server: ${sentence}\n` });
  assert.equal((await server.command([where], 'eot-server-stop')).code, 0);
  assert.equal(await server.end(), 0);
});

test('a host beyond loopback and a socket path that is too long are refused, whoever is asked', async (t) => {
  const folder = await newFolder(t);
  const long = join(folder, 'x'.repeat(100));
  const faults: [string, RegExp][] = [
    [
      '0.0.0.0:4000',
      /the control socket 0\.0\.0\.0:4000 is open to others: use a path, or 127\.0\.0\.1:4000\n$/,
    ],
    ['example.org:4000', /the control socket example\.org:4000 is open to others/],
    ['127.0.0.1:70000', /the control socket 127\.0\.0\.1:70000 has no port: ports end at 65535\n$/],
    [long, /the control socket \/\S+ has \d+ bytes, 103 at most: choose a shorter --control-socket\n$/],
  ];
  for (const [where, sentence] of faults)
    for (const words of [['start', '--port', '0'], ['stop'], ['check']]) {
      const { code, out, err } = await run(folder, [...words, '--control-socket', where]);
      assert.match(err, sentence, words.join(' '));
      assert.deepEqual([code, out], [1, '']);
      assert.equal(err.split('\n').length, 2, 'one sentence');
    }
});

test('what looks like a path is a path, and the loopback has many names', () => {
  for (const path of ['./a:1', '/x/y:80', 'socket', 'a:b', ':80'])
    assert.deepEqual(controlAddress(path), { path: resolve(path) });
  for (const host of ['localhost', '127.0.0.1', '127.1.2.3'])
    assert.deepEqual(controlAddress(`${host}:80`), { host, port: 80 });
  assert.deepEqual(controlAddress('[::1]:80'), { host: '::1', port: 80 });
});
