import { settingsText } from '../helpers/settings.js';

/** A file of tasks that run in threads; it lies beside the settings. */
const HEAVY = `
import { access, Refusal, Task, users } from 'eot-server';
import { isMainThread } from 'node:worker_threads';

export class Heavy extends Task {
  static thread = import.meta.url;
  static deadline = 20_000;
  calls = 0;

  async main(request) {
    const { data, cid, room, user, frame, task } = request;
    this.calls++;
    switch (data.do) {
      case 'tell': return { isMainThread, calls: this.calls, cid, room, user, frame, task };
      case 'refuse': throw new Refusal('sold-out', 'no seats are left');
      case 'throw': throw new Error('secret: the queue is broken');
      case 'throw a text': throw 'secret';
      case 'say': for (let n = 1; n <= data.times; n++) request.say(n); return data.times;
      case 'say nonsense': request.say(() => 1); return 'unreached';
      case 'answer nonsense': return () => 1;
      case 'answer a bigint': return 7n;
      case 'wait': return new Promise(() => setInterval(() => {}, 1_000));
      case 'loop': for (;;);
      case 'exit': process.exit(0);
      case 'crash': setTimeout(() => { throw new Error('crashed'); }); return new Promise(() => {});
      case 'crash later': setTimeout(() => { throw new Error('crashed later'); }, 20); return 'answered';
      case 'eat': { const eaten = []; for (;;) eaten.push(new Array(10_000).fill({})); }
    }
  }
}

export class Endless extends Task {
  static thread = import.meta.url;
  static deadline = 700;
  main() { for (;;); }
}

@access(users)
export class Members extends Heavy {
  static schema = { '~standard': { version: 1, vendor: 'test', validate: (value) => ({ value: { do: 'tell' } }) } };
}
`;

export const files = { 'heavy.ts': HEAVY };

/** Settings whose tasks run in threads, with the given options of TaskThreads. */
export const heavySettings = (options = '{}'): string =>
  settingsText({
    imports: `import { SessionManager, TaskThreads } from 'eot-server';
import { Endless, Heavy, Members } from './heavy.js';`,
    classes: `class Known extends SessionManager { find(username) { return { id: 1, username }; } }
const swap = (s) => (s === TaskThreads ? TaskThreads.with(${options}) : s === SessionManager ? Known : s);`,
    change:
      'services: base.services.map(swap), tasks: { ...base.tasks, Heavy, Endless, Members, Alias: Heavy }',
  });
