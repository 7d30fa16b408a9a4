import type { TestContext } from 'node:test';
import type { TestServer } from './server.js';
import { settingsText } from './settings.js';
import { Visitor } from './visitor.js';

const KNOWN = `
class Known extends SessionManager {
  find(key) {
    const [id, username] = key.split('-');
    return username ? { id: Number(id), username } : null;
  }
}
const knownServices = (services, options = {}) =>
  services.map((service) => (service === SessionManager ? Known.with(options) : service));
`;

/** The text of settings under which whose session is `7-ann` is the user ann with the id 7. */
export function knownSettings({ imports = '', classes = '', change = '' } = {}): string {
  return settingsText({
    imports: `import { SessionManager } from 'eot-server';\n${imports}`,
    classes: KNOWN + classes,
    change: `services: knownServices(base.services), ${change}`,
  });
}

/** The headers of an upgrade with a session. */
export const session = (key: string): Record<string, string> => ({ cookie: `sessionid=${key}` });

/** Says an original hello; what is heard then is left to the test. */
export async function original(
  t: TestContext,
  server: TestServer,
  room: string,
  key?: string,
): Promise<Visitor> {
  const visitor = await Visitor.to(t, server, '/ws', key === undefined ? {} : session(key));
  visitor.send({ room });
  return visitor;
}

/** Says a modern hello and waits until it was answered. */
export const modern = (t: TestContext, server: TestServer, room: string, key?: string): Promise<Visitor> =>
  Visitor.in(t, server, room, key === undefined ? {} : session(key));
