import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { newFolder, run, startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const settings = (format: string): string =>
  settingsText({
    imports: "import { Logger } from 'eot-server';",
    classes: `
    class Fail extends Task { main() { throw new Error('it failed'); } }
    class Note extends Task {
      constructor(@inject(Logger) private readonly log: Logger) { super(); }
      main({ data }) { this.log.info(data); }
    }`,
    change: `tasks: { ...base.tasks, Fail, Note }, log: { format: '${format}' }`,
  });

/** What the log holds when a visitor has called both tasks. */
async function logOf(
  t: Parameters<typeof startServer>[0],
  format: string,
): Promise<{ log: string; cid: string }> {
  const server = await startServer(t, { settings: settings(format) });
  const visitor = await Visitor.to(t, server);
  const { data } = await visitor.ask({ room: 'lobby', ref: 1 });
  await visitor.ask({ task: 'Fail' });
  await visitor.ask({ task: 'Note', data: 'two\nlines "quoted"' });
  await server.end('SIGTERM');
  return { log: await readFile(server.file('logging.log'), 'utf8'), cid: (data as { cid: string }).cid };
}

test('with json, each line is one object, and carries the cid and the task where there is one', async (t) => {
  const { log, cid } = await logOf(t, 'json');
  const lines = log.trimEnd().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as Record<string, string>);
  for (const { time, level, module, message } of entries) {
    assert.match(time ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    assert.ok(level && module && message);
  }
  const failed = entries.find(({ task }) => task === 'Fail');
  assert.deepEqual(
    { ...failed, time: '', cause: failed?.cause?.split('\n')[0] },
    {
      time: '',
      level: 'ERROR',
      module: 'Router',
      message: 'Fail failed',
      cid,
      task: 'Fail',
      cause: 'Error: it failed',
    },
  );
  const noted = entries.find(({ task }) => task === 'Note');
  assert.deepEqual([noted?.message, noted?.cid, noted?.module], ['two\nlines "quoted"', cid, 'Task']);
  assert.equal(entries[0]?.cid, undefined);
});

test('with text, they stand behind the message', async (t) => {
  const { log, cid } = await logOf(t, 'text');
  assert.match(
    log,
    new RegExp(`\\tERROR\\tRouter\\t: Fail failed \\(task Fail, cid ${cid}\\)\\n  Error: it failed\\n`),
  );
  assert.match(log, new RegExp(`\\tINFO\\tTask\\t: two⏎lines "quoted" \\(task Note, cid ${cid}\\)\\n`));
});

test('another format is refused by name', async (t) => {
  const folder = await newFolder(t);
  const server = startServer(t, { folder, settings: settings('yaml') });
  await assert.rejects(server, /settings\.ts has a fault: log\.format: /);
  assert.equal((await run(folder, ['check'])).code, 1);
});
