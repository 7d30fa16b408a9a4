import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { defaultSettings, Service, TaskShutdown } from 'eot-server';
import { startServer } from 'eot-server/testing';
import { WebSocket } from 'ws';

test('each server has its own port and folder, which are gone when its test has ended', async (t) => {
  const folders: string[] = [];
  const urls = new Set<string>();
  await t.test('two at one time', async (inner) => {
    for (const order of [7, 8]) {
      const server = await startServer(inner, { files: { 'status.eot': `${order}\n` } });
      folders.push(server.folder);
      urls.add(server.url);
      assert.equal((await fetch(server.url)).status, 200);
      assert.equal(
        server.services.status().find(({ name }) => name === 'StatusWatcher')?.about?.order,
        order,
      );
    }
  });
  assert.equal(urls.size, 2);
  assert.deepEqual(folders.filter(existsSync), []);
  for (const url of urls) await assert.rejects(fetch(url));
});

test('settings that cannot start fail the test with the sentence of start', async (t) => {
  const base = defaultSettings();
  await assert.rejects(
    startServer(t, { settings: { ...base, services: 7 } }),
    /the settings of the test has a fault/,
  );
  class Never extends Service {
    override main(): Promise<void> {
      return Promise.reject(new Error('no luck'));
    }
  }
  await assert.rejects(
    startServer(t, { settings: { ...base, services: [...base.services, Never] } }),
    /Never failed before it was ready: no luck/,
  );
});

test('an order in its status file reaches a client of the telegraph', async (t) => {
  const server = await startServer(t);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/websocket`);
  t.after(() => socket.close());
  const heard = new Promise((resolve) => {
    socket.addEventListener('message', ({ data }) => data === '9' && resolve(data));
  });
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  await writeFile(server.file('status.eot'), '9\n');
  assert.equal(await heard, '9');
});

test('a task may stop it, and so may the test, more than once', async (t) => {
  const base = defaultSettings();
  const server = await startServer(t, { settings: { ...base, shutdown: 'anyone', tasks: { TaskShutdown } } });
  const ann = await server.join('a');
  await ann.ask('TaskShutdown');
  assert.equal((await ann.closed).code, 1001);
  await server.stop();
  await server.stop();
  assert.equal(existsSync(server.folder), false);
});
