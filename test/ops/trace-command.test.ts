import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { type TestContext, test } from 'node:test';
import { untilFigures } from '../helpers/figures.js';
import { modern } from '../helpers/known.js';
import { program, startServer, type TestServer } from '../helpers/server.js';
import type { Visitor } from '../helpers/visitor.js';
import { operatedSettings } from './operated.js';

const settings = operatedSettings(
  'tasks: { ...base.tasks, Say, Cid }',
  'class Cid extends Task { main({ cid }) { return cid; } }',
);

async function cidOf(visitor: Visitor): Promise<string> {
  return String((await visitor.ask({ task: 'Cid' })).data);
}

/** `eot-server trace` at work, its lines, and its exit code. */
function tracing(t: TestContext, server: TestServer, cid: string) {
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit'];
  const child = spawn(process.execPath, [program(), 'trace', cid], { cwd: server.folder, stdio });
  t.after(() => child.kill('SIGKILL'));
  return { child, lines: createInterface(child.stdout), ended: once(child, 'exit') };
}

async function until(lines: Interface, words: string): Promise<string> {
  for await (const line of lines) if (line.includes(words)) return line;
  throw new Error(`it ended before it had printed ${words}`);
}

test('the terminal is told what the console is, until the client has left', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await modern(t, server, 'lobby', '1-ann');
  const { child, ended } = tracing(t, server, await cidOf(ann));
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  await untilFigures(server, 'Tracer', { followed: 1 });
  await ann.ask({ task: 'Say', data: 'hi' });
  await ann.leave();
  assert.deepEqual(await ended, [0, null]);
  const lines = out.trimEnd().split('\n');
  assert.match(lines[0] ?? '', /^\d{4}-\d\d-\d\dT[\d:.]+Z {2}socket {3}ann at 127\.0\.0\.1 is followed$/);
  assert.ok(
    lines.some((line) => line.endsWith('Z  task     Say is called in lobby')),
    out,
  );
  assert.ok(lines.some((line) => line.includes('Z  socket   → {"task":"Say","data":"hi"')));
  assert.equal(lines.at(-1), 'the trace is over: the client has left');
});

test('who hangs up, or half closes, ends the trace', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await modern(t, server, 'lobby', '1-ann');
  const cid = await cidOf(ann);
  const { child, lines } = tracing(t, server, cid);
  await until(lines, 'is followed');
  child.kill('SIGINT');
  await untilFigures(server, 'Tracer', { followed: 0 });

  const socket = connect({ path: server.file('interface.sock'), allowHalfOpen: true });
  let heard = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
  });
  socket.write(`trace ${cid}`);
  await once(socket, 'data');
  socket.end();
  await once(socket, 'close');
  assert.match(heard, /\nthe trace is over: you ended it\n#!#end_communication#!#$/);
});

test('a client that is not there is an error, and so is none', async (t) => {
  const server = await startServer(t, { settings });
  assert.deepEqual(await server.command(['trace', 'nobody']), {
    code: 1,
    out: '',
    err: 'eot-server: there is no client nobody: /console lists them\n',
  });
  assert.deepEqual(await server.command(['trace'], 'eot-server-command'), {
    code: 1,
    out: '',
    err: 'eot-server: trace needs the cid of a client: /console lists them\n',
  });
});

test('a reader who does not read is dropped, and harms nobody', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await modern(t, server, 'lobby', '1-ann');
  const reader = connect({ path: server.file('interface.sock') });
  t.after(() => reader.destroy());
  reader.on('error', () => undefined).pause();
  reader.write(`trace ${await cidOf(ann)}`);
  await untilFigures(server, 'Tracer', { followed: 1 });
  const data = 'x'.repeat(2_000);
  const flood = setInterval(() => {
    for (let call = 0; call < 40; call++) ann.send({ task: 'TaskEcho', data });
  }, 20);
  t.after(() => clearInterval(flood));
  await untilFigures(server, 'Tracer', { followed: 0 });
});

test('the stop of the server ends a trace, with its marker', async (t) => {
  const server = await startServer(t, { settings });
  const ann = await modern(t, server, 'lobby', '1-ann');
  const { lines, ended } = tracing(t, server, await cidOf(ann));
  await until(lines, 'is followed');
  assert.equal(await server.end('SIGTERM'), 0);
  assert.deepEqual(await ended, [0, null]);
});
