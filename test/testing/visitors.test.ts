import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access, defaultSettings, Refusal, type Request, SessionManager, Task, users } from 'eot-server';
import { startServer } from 'eot-server/testing';

const base = defaultSettings();

class Shout extends Task<string> {
  main({ data, say }: Request<string>): number {
    if (data === '') throw new Refusal('bad-data', 'shout what?');
    say(data.toUpperCase());
    return data.length;
  }
}

class Members extends Task {
  main({ user }: Request): string {
    return String(user?.username);
  }
}
access(users)(Members);

class Known extends SessionManager {
  protected override find(key: string) {
    return key === 'secret' ? { id: 7, username: 'ann' } : null;
  }
}

const settings = {
  ...base,
  services: base.services.map((service) => (service === SessionManager ? Known : service)),
  tasks: { ...base.tasks, Shout, Members },
};

test('visitors hear what is said in their rooms, in order, and nothing else', async (t) => {
  const server = await startServer(t, { settings });
  const [ann, bob, eve] = await Promise.all([server.join('a'), server.join('a'), server.join('b')]);
  assert.equal(await ann.ask('Shout', 'hey'), 3);
  assert.deepEqual(await bob.next(), { task: 'Shout', data: 'HEY', room: 'a', offset: 1 });
  ann.send('Shout', 'ho');
  ann.send('Shout', 'hi');
  assert.equal((await bob.until(({ data }) => data === 'HI')).offset, 3);
  await bob.join('b');
  await bob.ask('Shout', 'b', 'b');
  assert.equal((await eve.until('Shout')).data, 'B');
  await bob.leave('b');
  await eve.ask('Shout', 'b');
  assert.deepEqual(
    bob.rest.map((message) => 'room' in message && message.offset),
    [1],
    'what was not awaited yet can be looked at',
  );
});

test('a refusal rejects the ask, and the next() of whom a send failed', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await server.join('a');
  await assert.rejects(ann.ask('Shout', ''), new Refusal('bad-data', 'shout what?'));
  ann.send('Nonsense');
  await assert.rejects(ann.next(), { code: 'unknown-task' });
  await assert.rejects(server.join(''), { code: 'bad-frame' });
});

test('a visitor with a session is who the session manager says', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await server.join('a', { session: 'secret' });
  assert.deepEqual(ann.user, { id: 7, username: 'ann' });
  assert.equal(await ann.ask('Members'), 'ann');
  const bob = await server.join('a');
  assert.equal(bob.user, null);
  await assert.rejects(bob.ask('Members'), { code: 'refused' });
});

test('who waits in vain is told what for, and hears what comes later', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await server.join('a', { patience: 500 });
  const bob = await server.join('a');
  await assert.rejects(ann.next(), { message: 'no message came within 500 ms' });
  await bob.ask('Shout', 'late');
  await assert.rejects(ann.until('Other'), { message: 'no Other came within 500 ms; heard: Shout' });
  await bob.ask('Shout', 'again');
  assert.equal((await ann.next()).data, 'AGAIN');
  await ann.close();
  await assert.rejects(ann.next(), /the connection has ended: 1005/);
});
