import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultSettings } from '../../settings.js';
import { bootstrap } from '../infra/bootstrap.js';
import { Lifetime } from '../infra/lifetime.js';
import { checkSettings, type Settings } from '../infra/settings.js';
import { Unwind } from '../infra/unwind.js';
import { TestServer } from './test-server.js';

export type { Message, VisitOptions, Visitor } from './visitor.js';
export type { TestServer };

/** How the server under test starts. */
export interface TestServerOptions {
  /** What your settings file exports; the default settings unless given. Where it listens and its files are set for it. */
  settings?: object;
  /** Files that lie in the server's folder when it starts, by name: `{ 'status.eot': '7\n' }`. */
  files?: Record<string, string>;
}

/** Who tells when a test has ended: the context of node:test, or anything with its `after`. */
export interface Ending {
  after(undo: () => Promise<void>): void;
}

/**
 * Starts a real server in this process: on a port that the system chooses, with a folder of its own. It is stopped, and the folder
 * removed, when the test has ended. Throws the sentence that `eot-server start` would print.
 */
export async function startServer(t: Ending, options: TestServerOptions = {}): Promise<TestServer> {
  const unwind = new Unwind();
  t.after(() => orderly(unwind));
  const folder = await mkdtemp(join(tmpdir(), 'eot-'));
  unwind.push('the folder', () => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(folder, name), text);
  const lifetime = new Lifetime();
  const settings = inFolder(folder, options.settings ?? defaultSettings());
  // What escapes is not contained here: it fails the test that it escapes in.
  const running = await bootstrap(
    settings,
    lifetime,
    () => undefined,
    async () => settings,
  );
  unwind.push('the server', async () => {
    lifetime.end('the test has ended');
    for (const error of await running.stop()) throw error;
  });
  return new TestServer(folder, running.services, () => orderly(unwind));
}

function inFolder(folder: string, settings: object): Settings {
  const { log } = settings as { log?: object };
  const own = {
    host: '127.0.0.1',
    port: 0,
    statusFile: join(folder, 'status.eot'),
    acceptFile: join(folder, 'accept.eot'),
    controlSocket: join(folder, 'interface.sock'),
    lockFile: join(folder, 'server.lock'),
    log: { ...log, path: join(folder, 'logging.log') },
  };
  return checkSettings({ ...settings, ...own }, 'the settings of the test');
}

async function orderly(unwind: Unwind): Promise<void> {
  const [failure] = await unwind.run();
  if (failure) throw failure;
}
