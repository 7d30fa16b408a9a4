import { statusOf } from './control.js';
import { eventually } from './eventually.js';
import type { TestServer } from './server.js';

type Figures = Readonly<Record<string, string | number>>;

/** What a service tells about itself in `status --json`. */
export async function figuresOf({ folder }: TestServer, service: string): Promise<Figures> {
  const { services } = await statusOf(folder);
  return services.find(({ name }) => name === service)?.about ?? {};
}

/** Waits until a service tells this, whatever else, about itself. */
export async function untilFigures(server: TestServer, service: string, wanted: Figures): Promise<void> {
  await eventually(
    async () => {
      const told = await figuresOf(server, service);
      return Object.entries(wanted).every(([name, figure]) => told[name] === figure);
    },
    `${service} tells ${JSON.stringify(wanted)}`,
  );
}
