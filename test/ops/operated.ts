import { knownSettings } from '../helpers/known.js';

/** A Clock that the task Kill kills, and a task Say that speaks in its room; `change` comes last. */
export function operatedSettings(change = '', classes = ''): string {
  return knownSettings({
    classes: `
    class Clock extends Service {
      main(run) {
        run.ready();
        return new Promise((resolve, reject) => {
          this.die = (reason) => reject(new Error(reason));
          run.signal.addEventListener('abort', () => resolve());
        });
      }
    }
    class Kill extends Task {
      constructor(@inject(Clock) private readonly clock: Clock) { super(); }
      main({ data }) { this.clock.die(data); }
    }
    class Say extends Task { main({ say, data }) { say(data); } }
    ${classes}`,
    change: `services: [...knownServices(base.services), Clock], tasks: { ...base.tasks, Kill, Say }, ${change}`,
  });
}

/** Visitors whom the console as it comes does not let in, by why, and the headers that make them so. */
export const STRANGERS: Readonly<Record<string, Record<string, string>>> = {
  'a name that was made to lead here': { host: 'evil.example', origin: 'http://evil.example' },
  'a page of another site that origins lists': { origin: 'https://friend.example' },
  'somebody behind a proxy on this machine': { 'x-forwarded-for': '203.0.113.7' },
};
