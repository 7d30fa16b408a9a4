import assert from 'node:assert/strict';
import { access, mkdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { newFolder, startServer, type TestServer } from '../helpers/server.js';
import { settingsText } from '../helpers/settings.js';
import { Visitor } from '../helpers/visitor.js';

const panel = (t: TestContext, server: TestServer): Promise<Visitor> => Visitor.to(t, server, '/websocket');

/** A panel that has heard its greeting and the order. */
async function greeted(t: TestContext, server: TestServer): Promise<Visitor> {
  const visitor = await panel(t, server);
  await visitor.next();
  await visitor.next();
  return visitor;
}

test('a panel is greeted, then told the order that stands', async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '10\n' } });
  const visitor = await panel(t, server);
  assert.equal(await visitor.next(), 'Connected to EOT Server');
  assert.equal(await visitor.next(), '10&1');
});

test('each way of changing the status file reaches every panel once', async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '10' } });
  const panels = await Promise.all([1, 2, 3].map(() => greeted(t, server)));
  const file = server.file('status.eot');
  const heard = async (): Promise<string[]> => Promise.all(panels.map((visitor) => visitor.next()));

  await writeFile(file, '3\n');
  assert.deepEqual(await heard(), ['3', '3', '3']);

  await truncate(file);
  await writeFile(file, '4  \r\n');
  assert.deepEqual(await heard(), ['4', '4', '4'], 'truncated, then written');

  await writeFile(server.file('new'), '11\n');
  await rename(server.file('new'), file);
  assert.deepEqual(await heard(), ['11', '11', '11'], 'replaced by a rename');

  await rm(file);
  await writeFile(file, '1\n');
  assert.deepEqual(await heard(), ['1', '1', '1'], 'removed and made again');
});

test('what is no order, or not a new one, is told to nobody', async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '5\n' } });
  const visitor = await greeted(t, server);
  const file = server.file('status.eot');
  for (const text of [
    '',
    '0',
    '12',
    '-1',
    '1.5',
    '0x5',
    '<img>',
    '5',
    '5\n\n',
    '007',
    'x'.repeat(100_000),
    '\0',
  ]) {
    await writeFile(file, text);
    assert.equal(await status(visitor), '5', `after ${JSON.stringify(text.slice(0, 9))}`);
  }
  await rm(file);
  assert.equal(await status(visitor), '5', 'after the file was removed');
  await writeFile(file, '6');
  assert.equal(await visitor.next(), '6', 'the first frame that is no answer is the next order');
});

async function status(visitor: Visitor): Promise<string | undefined> {
  visitor.send('status');
  const text = await visitor.next();
  return /^Current Status: (.*)$/.exec(text)?.[1];
}

test('a missing status file harms nobody', async (t) => {
  const server = await startServer(t);
  const visitor = await panel(t, server);
  assert.equal(await visitor.next(), 'Connected to EOT Server');
  assert.equal(await status(visitor), 'unknown');
  await writeFile(server.file('status.eot'), '2\n');
  assert.equal(await visitor.next(), '2');
});

test('the commands are answered word for word, to the sender only', async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '7\n' } });
  const [sender, other] = [await greeted(t, server), await greeted(t, server)];
  const answers: [string, string][] = [
    ['base', `Base Directory: ${server.folder}`],
    ['file', 'EOT Status file: ./status.eot'],
    ['status', 'Current Status: 7'],
    ['Accept&3', 'Accepted state: 3'],
    ['Accept&4&5&6', 'Accepted state: 4'],
    ['hello', 'Server echoed: hello'],
    ['Status', 'Server echoed: Status'],
    ['', 'Server echoed: '],
    ['<b>x</b>', 'Server echoed: <b>x</b>'],
  ];
  for (const [said, answer] of answers) {
    sender.send(said);
    assert.equal(await sender.next(), answer);
  }
  for (const silent of ['x&y', 'Broadcast&3', 'accept&3', '&']) sender.send(silent);
  sender.send('done');
  assert.equal(await sender.next(), 'Server echoed: done', 'unknown words with & are answered by silence');
  other.send('mine');
  assert.equal(await other.next(), 'Server echoed: mine', 'the other heard nothing of all this');
});

test('an acknowledgement is written to the accept file; nonsense is refused and writes nothing', async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '7\n', 'accept.eot': '1\n' } });
  const visitor = await greeted(t, server);
  for (const nonsense of ['Accept&', 'Accept&0', 'Accept&12', 'Accept&1e0', 'Accept&<img onerror=1>']) {
    visitor.send(nonsense);
    assert.match(await visitor.next(), /^Refused: .*1 to 11/);
  }
  assert.equal(await readFile(server.file('accept.eot'), 'utf8'), '1\n');
  visitor.send('Accept&11');
  assert.equal(await visitor.next(), 'Accepted state: 11');
  assert.equal(await readFile(server.file('accept.eot'), 'utf8'), '11\n');
});

test('the files may lie anywhere, and the options may be written with underscores', async (t) => {
  const elsewhere = await newFolder(t);
  await mkdir(join(elsewhere, 'deep'));
  const [statusFile, acceptFile] = [join(elsewhere, 'deep', 's'), join(elsewhere, 'a')];
  await writeFile(statusFile, '9');
  const args = [`--status_file=${statusFile}`, '--accept_file', acceptFile];
  const server = await startServer(t, { args });
  const visitor = await panel(t, server);
  await visitor.next();
  assert.equal(await visitor.next(), '9&1');
  visitor.send('Accept&9');
  await visitor.next();
  assert.equal(await readFile(acceptFile, 'utf8'), '9\n');
  visitor.send('file');
  assert.equal(await visitor.next(), `EOT Status file: ${statusFile}`);
});

test('shutdown over the wire is for those whom the settings allow', async (t) => {
  const closed = await startServer(t, { files: { 'status.eot': '7\n' } });
  const stranger = await greeted(t, closed);
  stranger.send('shutdown');
  assert.match(await stranger.next(), /^Refused: /);
  assert.equal(await status(stranger), '7', 'the server lives on');

  const settings = settingsText({ change: "shutdown: 'anyone'" });
  const open = await startServer(t, { settings, files: { 'status.eot': '7\n' } });
  const [sender, other] = [await greeted(t, open), await greeted(t, open)];
  const began = Date.now();
  sender.send('shutdown');
  assert.equal(await sender.next(), 'Shutting down EOT Server...');
  assert.equal(await sender.next(), 'EOT Server is shutting down.');
  assert.equal(await other.next(), 'EOT Server is shutting down.');
  assert.equal((await other.closed).code, 1001);
  assert.equal(await open.end(), 0);
  assert.ok(Date.now() - began < 5_000);
  await assert.rejects(access(open.file('server.lock')));
});

test('panels are told before the server stops by a signal', async (t) => {
  const server = await startServer(t, { files: { 'status.eot': '7\n' } });
  const visitor = await greeted(t, server);
  const ended = server.end('SIGINT');
  assert.equal(await visitor.next(), 'EOT Server is shutting down.');
  assert.equal(await ended, 0);
});
