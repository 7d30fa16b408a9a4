import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { root, startServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const settings = settingsText({
  imports: `import * as z from '${pathToFileURL(join(root, 'node_modules', 'zod', 'index.js')).href}';`,
  classes: `
  let made = 0;
  class Made extends Task { main() { return made; } }
  class Order extends Task {
    static schema = z.object({
      seats: z.int().min(1).max(9),
      names: z.array(z.object({ first: z.string() })).default([]),
    });
    constructor() { super(); made++; }
    main({ data }) { return data; }
  }
  class Wide extends Task {
    static schema = z.object({ a: z.string(), b: z.string(), c: z.string(), d: z.string(), e: z.string() });
    main() {}
  }
  class Text extends Task { static schema = z.string(); main({ data }) { return data.length; } }
  class Slow extends Task { static schema = z.string().refine(async () => true); main() { return 'let in'; } }`,
  change: 'tasks: { Made, Order, Wide, Text, Slow }',
});

test('data that fits reaches the task as the schema gives it back', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  const { data } = await visitor.ask({ task: 'Order', data: { seats: 2, extra: 'dropped' } });
  assert.deepEqual(data, { seats: 2, names: [] });
  assert.equal((await visitor.ask({ task: 'Text', data: 'four' })).data, 4);
});

test('data that does not fit is told as bad-data, with the place, and no task is made', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  const bad: [unknown, RegExp][] = [
    [{ seats: 'two' }, /^seats: /],
    [{ seats: 0 }, /^seats: /],
    [{ seats: 1, names: [{ first: 'a' }, { first: 7 }] }, /^names\.1\.first: /],
    [{ seats: 1.5, names: {} }, /^seats: .*; names: /],
    [null, /^Invalid input/],
    ['text', /^Invalid input/],
  ];
  for (const [data, where] of bad) {
    const { error } = await visitor.ask({ task: 'Order', data: data as null });
    const { code, message } = error as { code: string; message: string };
    assert.equal(code, 'bad-data');
    assert.match(message, where);
  }
  assert.equal((await visitor.ask({ task: 'Made' })).data, 0);
});

test('of many faults the first three are told', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  const { error } = await visitor.ask({ task: 'Wide', data: {} });
  assert.match((error as { message: string }).message, /^a: [^;]*; b: [^;]*; c: [^;]*$/);
});

test('a schema that cannot check at once is a fault of the server, not of the caller', async (t) => {
  const visitor = await Visitor.in(t, await startServer(t, { settings }));
  for (let n = 0; n < 2; n++) {
    const { error } = await visitor.ask({ task: 'Slow', data: 'x' });
    assert.deepEqual(error, { code: 'internal', message: 'Slow failed' });
  }
});
