import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Json } from '../../src/wire/json.js';
import { startProject } from '../helpers/project.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const CLIENTS = 1_000;
const RELOADS = 5;

const FILES = {
  'settings.ts': settingsText({
    imports: "import { Count } from './tasks/count.js'; import { Slow } from './tasks/slow.js';",
    change: 'tasks: { ...base.tasks, Count, Slow }',
  }),
  'tasks/count.ts': `
    import { Task, type Request } from 'eot-server';
    export class Count extends Task { override main({ data, say }: Request) { say(data); } }`,
  'tasks/slow.ts': `
    import { Task } from 'eot-server';
    import { version } from './lib/version.js';
    export class Slow extends Task {
      override async main() { await new Promise((done) => setTimeout(done, 150 + Math.random() * 150)); return version; }
    }`,
  'tasks/lib/version.ts': 'export const version = 0;',
};

test('reloads under 1,000 clients lose no call, no message and no socket', async (t) => {
  const project = await startProject(t, FILES);
  const clients = await Promise.all(
    Array.from({ length: CLIENTS }, (_, n) => Visitor.in(t, project, `room ${n % 10}`)),
  );
  const closed: string[] = [];
  for (const { closed: end } of clients)
    void end.then(({ code, reason }) => closed.push(`${code} ${reason}`));

  for (let reload = 1; reload <= RELOADS; reload++) {
    for (const client of clients) client.send({ task: 'Slow', ref: 'slow' });
    for (const [n, client] of clients.entries())
      if (n < 10) client.send({ task: 'Count', data: reload, ref: 'count' });
    await project.write('tasks/lib/version.ts', `export const version = ${reload};`);
    const reloaded = project.reload();
    for (const [n, client] of clients.entries())
      if (n < 10) client.send({ task: 'Count', data: -reload, ref: 'count' });
    assert.match(String(await reloaded), /^reloaded/);
    const [first] = clients;
    first?.send({ task: 'Slow', ref: 'after' });

    const heard = await Promise.all(
      clients.map((client, n) => hear(client, n < 10 ? 5 : 3, n === 0 ? 1 : 0)),
    );
    for (const frames of heard) {
      assert.deepEqual(
        frames.filter(({ error }) => error),
        [],
      );
      const said = frames.filter(({ room }) => room !== undefined);
      assert.deepEqual(
        said.map(({ data }) => data),
        [reload, -reload],
      );
      assert.deepEqual(
        said.map(({ offset }) => offset),
        [2 * reload - 1, 2 * reload],
      );
      const slow = frames.filter(({ ref }) => ref === 'slow').map(({ data }) => data);
      assert.ok(slow.length === 1 && (slow[0] === reload || slow[0] === reload - 1), `answered ${slow}`);
    }
    assert.deepEqual(
      heard[0]?.filter(({ ref }) => ref === 'after').map(({ data }) => data),
      [reload],
    );
  }
  assert.deepEqual(closed, []);
});

async function hear(client: Visitor, frames: number, more: number): Promise<Record<string, Json>[]> {
  const heard: Record<string, Json>[] = [];
  while (heard.length < frames + more) heard.push(await client.nextJson());
  return heard;
}
