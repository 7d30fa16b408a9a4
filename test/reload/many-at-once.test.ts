import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { talk } from '../helpers/control.js';
import { eventually } from '../helpers/eventually.js';
import { startProject } from '../helpers/project.js';
import { newFolder, startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const task = (word: string): string => `
  import { Task } from 'eot-server';
  export class Greet extends Task { override main() { return '${word}'; } }`;

const SETTINGS = settingsText({
  imports: "import { Greet } from './tasks/greet.js';",
  change: 'tasks: { ...base.tasks, Greet }',
});

test('reloads that are asked for while one runs become one, which takes what lies there then', async (t) => {
  const project = await startProject(t, { 'settings.ts': SETTINGS, 'tasks/greet.ts': task('old') });
  const visitor = await Visitor.in(t, project);
  const first = project.reload();
  const others = Promise.all(Array.from({ length: 20 }, () => project.reload()));
  await first;
  await project.write('tasks/greet.ts', task('new'));
  const last = project.reload();
  for (const lines of [await first, ...(await others), await last])
    assert.match(String(lines[0]), /^reloaded in \d+ ms/);
  assert.equal((await visitor.ask({ task: 'Greet' })).data, 'new');
});

test('a reload is refused while the server starts, and a stop is not held up by one', async (t) => {
  const folder = await newFolder(t);
  const slow =
    'class Slow extends Service { async main(run) { await new Promise((go) => setTimeout(go, 1_500)); run.ready(); await run.stopped; } }';
  const settings = settingsText({ classes: slow, change: 'services: [...base.services, Slow]' });
  const starting = startServer(t, { folder, settings });
  const socket = join(folder, 'interface.sock');
  await eventually(() => existsSync(socket), 'the control socket is there');
  assert.match(await talk(socket, 'reload'), /^error: the server is not up yet: reload it when it is\n/);
  const server = await starting;
  const reloads = Array.from({ length: 5 }, () => talk(socket, 'reload').catch(() => ''));
  const stopped = await server.command(['stop']);
  assert.deepEqual([stopped.code, stopped.err], [0, '']);
  await Promise.all(reloads);
  assert.equal(await server.end(), 0);
});

test('without settings of one’s own there is nothing to reload, until there are some', async (t) => {
  const project = await startProject(t, {});
  assert.match(String((await project.reload())[0]), /^reloaded in \d+ ms: 0 files have changed$/);
  await project.write('tasks/greet.ts', task('broken').replace('{', ''));
  await project.write('settings.ts', SETTINGS);
  const visitor = await Visitor.in(t, project);
  assert.match(String(await project.reload()), /^error: .*tasks\/greet\.ts/);
  await project.write('tasks/greet.ts', task('mended'));
  assert.deepEqual((await project.reload()).slice(1), ['a task added: Greet']);
  assert.equal((await visitor.ask({ task: 'Greet' })).data, 'mended');
});
