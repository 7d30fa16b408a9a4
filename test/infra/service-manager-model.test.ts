import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Registry } from '../../src/infra/inject.js';
import type { ServiceClass } from '../../src/infra/listing.js';
import { Logger } from '../../src/infra/logger.js';
import { type Run, Service } from '../../src/infra/service.js';
import type { State } from '../../src/infra/service-container.js';
import { ServiceManager } from '../../src/infra/service-manager.js';

const SEED = 1873;
const [RUNS, LENGTH] = [100, 100];
const INTENSITY = 2;

/** Lives until it is told to die. */
abstract class Puppet extends Service {
  lives = 0;
  die: (why: Error) => void = () => undefined;
  override async main(run: Run): Promise<void> {
    this.lives++;
    const death = new Promise<never>((_, reject) => {
      this.die = reject;
    });
    run.ready();
    await Promise.race([death, run.stopped]);
  }
}

const CLASSES: Record<string, ServiceClass> = {
  Ann: class Ann extends Puppet {},
  Bob: class Bob extends Puppet {},
  Cat: class Cat extends Puppet {},
};

/** What a service is in the model: each operation is a line or two. */
interface Modelled {
  state: State;
  deaths: number;
  lives: number;
  /** Deaths since a person last started it: revival by get is no pardon. */
  unforgiven: number;
}

type Operation = 'create' | 'enable' | 'disable' | 'delete' | 'restart' | 'get' | 'die';

/** A simple model of the manager: throws where the manager must. */
class Model {
  readonly services = new Map<string, Modelled>();

  do(operation: Operation, name: string): void {
    const service = this.services.get(name);
    if ((operation === 'create') === (service !== undefined)) throw new Error('double or unknown');
    if (operation !== 'create' && service) this[operation](service, name);
    else this.services.set(name, { state: 'available', deaths: 0, lives: 0, unforgiven: 0 });
  }

  enable(service: Modelled): void {
    if (service.state === 'enabled') throw new Error('already');
    Object.assign(service, { state: 'enabled', lives: service.lives + 1, unforgiven: 0 });
  }

  disable(service: Modelled): void {
    if (service.state === 'available') throw new Error('not enabled');
    service.state = 'available';
  }

  delete({ state }: Modelled, name: string): void {
    if (state === 'enabled' || state === 'dead') throw new Error('running');
    this.services.delete(name);
  }

  restart(service: Modelled): void {
    service.state = 'available';
    this.enable(service);
  }

  get(service: Modelled): void {
    if (service.state === 'parked') throw new Error('parked');
    if (service.state !== 'enabled') Object.assign(service, { state: 'enabled', lives: service.lives + 1 });
  }

  die(service: Modelled): void {
    if (service.state !== 'enabled') throw new Error('it does not live');
    service.deaths++;
    service.state = ++service.unforgiven > INTENSITY ? 'parked' : 'dead';
  }
}

/** The same operations on the real one. */
async function act(services: ServiceManager, operation: Operation, name: string): Promise<void> {
  if (operation === 'create') return services.create(CLASSES[name] as ServiceClass);
  if (operation !== 'die') return void (await services[operation](name));
  const service = services.status().find((one) => one.name === name);
  if (service?.state !== 'enabled') throw new Error('it does not live');
  (services.get(name) as Puppet).die(new Error('told to'));
}

const failed = async (work: () => unknown): Promise<boolean> => {
  try {
    await work();
    return false;
  } catch {
    return true;
  }
};

test('10,000 random operations on the service manager agree with a simple model', async (t) => {
  t.diagnostic(`seed ${SEED}`);
  const operation = fc.tuple(
    fc.constantFrom<Operation>('create', 'enable', 'disable', 'delete', 'restart', 'get', 'die'),
    fc.constantFrom(...Object.keys(CLASSES)),
  );
  const script = fc.array(operation, { minLength: LENGTH, maxLength: LENGTH });
  let done = 0;
  const property = fc.asyncProperty(script, async (operations) => {
    const model = new Model();
    const log = new Logger({ level: 'CRITICAL', write: () => undefined }, 'Test');
    // By itself nothing is revived within the test: only what is asked for happens.
    const patience = { intensity: INTENSITY, period: 1e9, first: 1e8, ceiling: 1e8, healthy: 1e9 };
    const services = new ServiceManager(new Registry(), log, patience);
    const objects = new Map<string, Service>();
    for (const [what, name] of operations) {
      const [expected, actual] = [
        await failed(() => model.do(what, name)),
        await failed(() => act(services, what, name)),
      ];
      await new Promise(setImmediate);
      assert.equal(actual, expected, `${what} ${name} ${expected ? 'is refused' : 'succeeds'}`);
      const seen = services.status().map((one) => [one.name, one.state, one.deaths]);
      assert.deepEqual(
        seen,
        [...model.services].map(([key, one]) => [key, one.state, one.deaths]),
        `after ${what} ${name}`,
      );
      if (what === 'delete' && !actual) objects.delete(name);
      if (what === 'get' && !actual) {
        const service = services.get(name) as Puppet;
        assert.equal(service, objects.get(name) ?? service, 'it is the same object as ever');
        assert.equal(service.lives, model.services.get(name)?.lives);
        objects.set(name, service);
      }
      done++;
    }
    await services.stop();
    assert.ok(services.status().every(({ state }) => state === 'available'));
  });
  await fc.assert(property, { seed: SEED, numRuns: RUNS });
  assert.equal(done, 10_000);
});
