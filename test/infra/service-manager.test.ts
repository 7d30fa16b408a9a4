import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { Patience } from '../../src/infra/backoff.js';
import { Registry } from '../../src/infra/inject.js';
import { Logger } from '../../src/infra/logger.js';
import { type Run, Service } from '../../src/infra/service.js';
import { ServiceManager } from '../../src/infra/service-manager.js';

/** A manager that is stopped with the test. */
function manager(t: TestContext, patience: Partial<Patience> = {}): ServiceManager {
  const log = new Logger({ level: 'CRITICAL', write: () => undefined }, 'Test');
  const services = new ServiceManager(new Registry(), log, patience);
  t.after(() => services.stop());
  return services;
}

const stateOf = (services: ServiceManager, name: string): string | undefined =>
  services.status().find((service) => service.name === name)?.state;

class Plain extends Service {}

/** Is ready when it is let. */
class Slow extends Service {
  let: () => void = () => undefined;
  override async main(run: Run): Promise<void> {
    await Promise.race([
      run.stopped,
      new Promise<void>((resolve) => {
        this.let = resolve;
      }),
    ]);
    if (run.signal.aborted) return;
    run.ready();
    await run.stopped;
  }
}

test('create twice, enable or disable of what is unknown or in the wrong state are refused by name', async (t) => {
  const services = manager(t);
  services.create(Plain);
  assert.throws(() => services.create(Plain), /^Error: Plain is listed twice in settings\.services$/);
  await assert.rejects(services.disable('Plain'), /^Error: Plain is not enabled$/);
  await services.enable('Plain');
  await assert.rejects(services.enable('Plain'), /^Error: Plain is enabled already$/);
  assert.throws(() => services.delete('Plain'), /^Error: Plain is enabled: disable it first$/);
  for (const name of ['Other', 'constructor', '__proto__', ''])
    await assert.rejects(services.enable(name), {
      message: `there is no service ${name}: the services are Plain`,
    });
  assert.throws(() => manager(t).get('Other'), /^Error: there is no service Other: the services are none$/);
});

test('get of a service that was only created starts it, and gives it at once', async (t) => {
  const services = manager(t);
  services.create(Slow);
  const slow = services.get(Slow);
  assert.equal(stateOf(services, 'Slow'), 'starting');
  slow.let();
  await new Promise(setImmediate);
  assert.equal(stateOf(services, 'Slow'), 'enabled');
  assert.equal(services.get('Slow'), slow);
});

test('get of a class gives the service that extends it', (t) => {
  class Quick extends Slow {}
  const services = manager(t);
  services.create(Quick);
  assert.ok(services.get(Slow) instanceof Quick);
});

test('a service that is disabled while it is revived stays disabled', async (t) => {
  const services = manager(t, { first: 1 });
  services.create(Slow);
  services.get('Slow');
  await services.disable('Slow');
  await new Promise(setImmediate);
  const [slow] = services.status();
  assert.deepEqual([slow?.state, slow?.deaths], ['available', 0]);
});

test('a deleted service may be made anew, and is another object', async (t) => {
  const services = manager(t);
  services.create(Plain);
  const first = services.get(Plain);
  await new Promise(setImmediate);
  await services.disable('Plain');
  services.delete('Plain');
  services.create(Plain);
  assert.notEqual(services.get(Plain), first);
});
