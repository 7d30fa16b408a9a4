import assert from 'node:assert/strict';
import { test } from 'node:test';
import { defaultSettings, type Run, Service } from 'eot-server';
import { startServer } from 'eot-server/testing';

const base = defaultSettings();

/** Counts its lives, and how many of them it has at one time. */
class Cat extends Service {
  lives = 0;
  most = 0;
  #now = 0;

  override async main(run: Run): Promise<void> {
    this.lives++;
    this.most = Math.max(this.most, ++this.#now);
    run.ready();
    await run.stopped;
    await new Promise((resolve) => setTimeout(resolve, 20));
    this.#now--;
  }
}

class Deaf extends Service {
  static override readonly stopWithin = 50;
  override main(run: Run): Promise<void> {
    run.ready();
    return new Promise(() => undefined);
  }
}

const settings = { ...base, restart: { first: 1 }, services: [...base.services, Cat] };

test('a service that is killed dies of it, and is resurrected as the same object when it has ended', async (t) => {
  const server = await startServer(t, { settings });
  const cat = server.services.get(Cat);
  await server.kill(Cat, new Error('curiosity'));
  assert.equal(server.services.get('Cat'), cat);
  assert.deepEqual([cat.lives, cat.most], [2, 1]);
  const status = server.services.status().find(({ name }) => name === 'Cat');
  assert.deepEqual([status?.state, status?.deaths, status?.reason], ['enabled', 1, 'curiosity']);
});

test('what cannot be killed, or does not come back, is said', async (t) => {
  const services = [...settings.services, Deaf];
  const server = await startServer(t, {
    settings: { ...settings, restart: { intensity: 1, first: 1 }, services },
  });
  await assert.rejects(server.kill('Dog'), /there is no service Dog/);
  await assert.rejects(server.kill(Deaf), /Deaf does not end when its signal aborts/);
  await server.kill('Cat');
  await assert.rejects(server.kill('Cat'), /Cat is parked after 2 deaths/);
  await assert.rejects(server.kill('Cat'), /Cat is parked: it cannot die/);
});

test('who was cut is gone for the others at once, and hears nothing any more', async (t) => {
  const server = await startServer(t, { settings });
  const [ann, bob] = [await server.join('a'), await server.join('a')];
  const members = () => server.services.status().find(({ name }) => name === 'RoomHandler')?.about?.clients;
  assert.equal(members(), 2);
  ann.cut();
  assert.equal((await ann.closed).code, 1006);
  await assert.rejects(ann.next(), /the connection has ended: 1006/);
  await assert.rejects(ann.ask('TaskPing'), /the connection has ended: 1006/);
  while (members() !== 1) await bob.ask('TaskPing');
});

test('a web server that dies is back on its port, and its visitors stay', async (t) => {
  const server = await startServer(t, { settings });
  const { url } = server;
  const ann = await server.join('a');
  await server.kill('WebServer');
  assert.equal(server.url, url);
  assert.equal(await ann.ask('TaskEcho', 1), 1);
  assert.equal(await (await server.join('a')).ask('TaskEcho', 2), 2);
});

test('delayed traffic takes its time, in its order', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await server.join('a');
  ann.delay(100);
  const began = performance.now();
  const asked = ann.ask('TaskEcho', 'slow');
  ann.delay(0);
  const next = ann.ask('TaskEcho', 'fast');
  assert.equal(await Promise.race([asked, next]), 'slow', 'nothing overtakes');
  assert.equal(await next, 'fast');
  assert.ok(performance.now() - began > 95);
});
