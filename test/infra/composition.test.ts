import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { runFiles } from '../helpers/control.js';
import { newFolder, run } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';

const TICKER = `
  class Ticker extends Service { constructor(@inject(RoomHandler) readonly rooms: RoomHandler) { super(); } }
  class Quiet extends RoomHandler {}
  class Tell extends Task { constructor(@inject(Ticker) readonly ticker: Ticker) { super(); } main() {} }`;

const faults: [what: string, change: string, sentence: string][] = [
  [
    'a service that is needed but not listed',
    'services: [Ticker], tasks: {}',
    'Ticker needs RoomHandler: list it above Ticker in settings.services',
  ],
  [
    'a service that is listed below what needs it',
    'services: [Ticker, RoomHandler], tasks: {}',
    'Ticker needs RoomHandler: list it above Ticker in settings.services',
  ],
  [
    'a service that is listed twice',
    'services: [...base.services, Ticker, Ticker]',
    'Ticker is listed twice in settings.services',
  ],
  [
    'a service that is listed beside the one that it replaces',
    'services: [...base.services, Quiet]',
    'Quiet replaces RoomHandler: list one of them in settings.services, not both',
  ],
  [
    'a task that needs what is not listed',
    'tasks: { ...base.tasks, tell: Tell }',
    'the task tell needs Ticker: list it in settings.services',
  ],
];

for (const [what, change, sentence] of faults)
  test(`${what} is refused by name, by start and by check`, async (t) => {
    const folder = await newFolder(t);
    await writeFile(join(folder, 'settings.ts'), settingsText({ classes: TICKER, change }));
    const refused = { code: 1, out: '', err: `eot-server: ${sentence}\n` };
    assert.deepEqual(await run(folder, ['check']), refused);
    const start = await run(folder, ['start', '--port', '0']);
    // The tasks are the router's: it is the one that fails for them.
    assert.deepEqual(
      { ...start, err: start.err.replace('Router failed before it was ready: ', '') },
      refused,
    );
    assert.deepEqual(runFiles(folder), []);
  });

test('a service of one’s own stands in for the one that it extends', async (t) => {
  const folder = await newFolder(t);
  const change =
    'services: base.services.map((s) => (s === RoomHandler ? Quiet : s)).concat(Ticker), tasks: { Tell }';
  await writeFile(join(folder, 'settings.ts'), settingsText({ classes: TICKER, change }));
  const { code, out, err } = await run(folder, ['check']);
  assert.match(out, /^the settings are good: \d+ services, 1 tasks\n$/);
  assert.deepEqual([code, err], [0, '']);
});
