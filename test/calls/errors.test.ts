import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { type TestContext, test } from 'node:test';
import { eventually } from '../helpers/eventually.js';
import { startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const settings = settingsText({
  classes: `
  const circle = {};
  circle.circle = circle;
  const later = (what) => new Promise((_, reject) => setTimeout(() => reject(what)));

  class Fail extends Task {
    main({ data }) {
      if (data === 'throws') throw new Error('secret');
      if (data === 'throws a text') throw 'secret';
      if (data === 'throws nothing') throw undefined;
      if (data === 'rejects') return Promise.reject(new TypeError('secret'));
      if (data === 'rejects later') return later({ secret: true });
      if (data === 'rejects with nothing') return later(undefined);
      if (data === 'throws a thing like a refusal') throw { name: 'Refusal', code: 'refused', message: 'secret' };
    }
  }
  class Unmakable extends Task {
    constructor() { super(); throw new Error('secret'); }
    main() { return 1; }
  }
  class Refuse extends Task {
    main({ data }) {
      if (data === 'later') return later(new Refusal('sold-out', 'no seats are left'));
      throw new Refusal('sold-out', 'no seats are left');
    }
  }
  class Unsayable extends Task {
    main(request) {
      const what = {
        bigint: 7n, circle, trap: { toJSON() { throw new Error('secret'); } }, deep: { a: [1n] },
      }[request.data.what];
      if (request.data.how === 'said') request.say(what);
      else return request.data.how === 'later' ? Promise.resolve(what) : what;
    }
  }
  class Escape extends Task {
    main({ data }) {
      const boom = () => { throw new Error('escaped ' + data); };
      if (data === 'timer') setTimeout(boom);
      if (data === 'tick') process.nextTick(boom);
      if (data === 'promise') void Promise.reject(new Error('escaped promise'));
      if (data === 'abort') { const c = new AbortController(); c.signal.addEventListener('abort', boom); c.abort(); }
      return 'answered';
    }
  }`,
  change: 'tasks: { ...base.tasks, Fail, Unmakable, Refuse, Unsayable, Escape }',
});

const internal = (task: string) => ({ code: 'internal', message: `${task} failed` });

async function visit(t: TestContext): Promise<{ server: TestServer; visitor: Visitor }> {
  const server = await startServer(t, { settings });
  return { server, visitor: await Visitor.in(t, server) };
}

const logged = (server: TestServer, words: string): Promise<boolean> =>
  eventually(
    async () => (await readFile(server.file('logging.log'), 'utf8')).includes(words),
    `${words} is logged`,
  );

test('however a task fails, its caller is told internal, and only the log knows why', async (t) => {
  const { server, visitor } = await visit(t);
  const ways = [
    'throws',
    'throws a text',
    'throws nothing',
    'rejects',
    'rejects later',
    'rejects with nothing',
  ];
  for (const data of [...ways, 'throws a thing like a refusal']) {
    const answer = await visitor.ask({ task: 'Fail', data, ref: data });
    assert.deepEqual(answer, { ref: data, task: 'Fail', error: internal('Fail') });
  }
  assert.deepEqual((await visitor.ask({ task: 'Unmakable' })).error, internal('Unmakable'));
  visitor.send({ task: 'Fail', data: 'throws' });
  assert.deepEqual(await visitor.nextJson(), {
    msgtype: 'error',
    error: { ...internal('Fail'), task: 'Fail' },
  });
  await logged(server, 'Error: secret');
});

test('a refusal is told in its own words, at once or later', async (t) => {
  const { visitor } = await visit(t);
  for (const data of ['now', 'later']) {
    const { error } = await visitor.ask({ task: 'Refuse', data });
    assert.deepEqual(error, { code: 'sold-out', message: 'no seats are left' });
  }
});

test('an answer that JSON cannot say is told as internal, once', async (t) => {
  const { visitor } = await visit(t);
  for (const what of ['bigint', 'circle', 'trap', 'deep']) {
    for (const how of ['now', 'later']) {
      const answer = await visitor.ask({ task: 'Unsayable', data: { what, how }, ref: what });
      assert.deepEqual(answer, { ref: what, task: 'Unsayable', error: internal('Unsayable') });
    }
  }
  visitor.send({ task: 'TaskEcho', data: 'next' });
  assert.equal(await visitor.next(), '{"task":"TaskEcho","data":"next"}');
});

test('what JSON cannot say is heard by nobody, and who says it is told', async (t) => {
  const { server, visitor } = await visit(t);
  const other = await Visitor.in(t, server);
  for (const what of ['bigint', 'circle', 'trap', 'deep']) {
    const { error } = await visitor.ask({ task: 'Unsayable', data: { what, how: 'said' } });
    assert.deepEqual(error, internal('Unsayable'));
  }
  other.send({ task: 'TaskEcho', data: 'next' });
  assert.equal(await other.next(), '{"task":"TaskEcho","data":"next"}');
});

test('what escapes from a task is logged, and the server lives', async (t) => {
  const { server, visitor } = await visit(t);
  for (const data of ['timer', 'tick', 'promise', 'abort']) {
    assert.equal((await visitor.ask({ task: 'Escape', data })).data, 'answered');
    await logged(server, `escaped ${data}`);
  }
  assert.equal((await visitor.ask({ task: 'TaskEcho', data: 1 })).data, 1);
  assert.equal(await server.end('SIGTERM'), 0);
});
