import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { endChild, nextMessage, startNode } from '../child.js';
import { emptyFolder } from '../empty-folder.js';
import { Echoes } from './echoes.js';
import { ReloadProject } from './project.js';

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'dist', 'bin', 'eot-server.js');
const METER = new URL('./heap-meter.js', import.meta.url).href;
const ROUNDS = 25;
const HEAP_RELOADS = 200;
const PATIENCE_MS = 10_000;

interface Figure {
  readonly what: string;
  readonly figure: number;
  readonly unit: string;
  readonly target?: number;
}

async function main(): Promise<void> {
  const project = new ReloadProject(emptyFolder());
  const server = startNode(['--import', METER, PROGRAM, 'start', '--port', '0'], project.folder, true);
  const url = await listening(server);
  const figures = [...(await measureReloads(project, url))];
  const heap = async (): Promise<number> => {
    server.send('heap?');
    return nextMessage<number>(server, 'the server', PATIENCE_MS);
  };
  for (const helper of ['one', 'all'] as const) {
    const before = await heap();
    for (let n = 1; n <= HEAP_RELOADS; n++) {
      project.change(helper, ROUNDS + n);
      await reload(project.folder);
    }
    const megabytes = ((await heap()) - before) / 1e6;
    const what = `heap after ${HEAP_RELOADS} reloads, a helper of ${helper === 'one' ? 'one task' : 'all 50 tasks'}`;
    figures.push({ what, figure: megabytes, unit: 'MB', ...(helper === 'one' ? { target: 20 } : {}) });
  }
  for (const word of ['check', 'status', 'stop'])
    figures.push({
      what: `\`eot-server ${word}\``,
      figure: command(project.folder, word),
      unit: 'ms',
      target: 400,
    });
  await endChild(server);
  print(figures);
}

async function measureReloads(project: ReloadProject, url: string): Promise<Figure[]> {
  const echoes = new Echoes();
  await echoes.begin(url);
  await pause(1_000);
  const took: number[] = [];
  const [quiet, during]: [number[], number[]] = [[], []];
  for (let round = 1; round <= ROUNDS; round++) {
    echoes.take();
    await pause(250);
    quiet.push(...echoes.take().map(({ sent, heard }) => heard - sent));
    project.change('all', round);
    const begun = performance.now();
    await reload(project.folder);
    const ended = performance.now();
    took.push(ended - begun);
    await pause(50);
    for (const { sent, heard } of echoes.take()) if (heard > begun && sent < ended) during.push(heard - sent);
  }
  echoes.end();
  const [calm, busy] = [quantile(quiet, 0.99), quantile(during, 0.99)];
  return [
    { what: 'reload of 50 tasks, median', figure: quantile(took, 0.5), unit: 'ms', target: 300 },
    { what: 'reload of 50 tasks, slowest', figure: quantile(took, 1), unit: 'ms' },
    { what: 'p99 of echoes between reloads', figure: calm, unit: 'ms' },
    { what: 'p99 of echoes during reloads', figure: busy, unit: 'ms', target: 2 * calm },
  ];
}

async function reload(folder: string): Promise<void> {
  const socket = connect(join(folder, 'interface.sock'));
  let answer = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    answer += text;
  });
  socket.write('reload');
  await once(socket, 'close');
  if (!answer.startsWith('reloaded')) throw new Error(answer);
}

/** How long a command takes from the start of its process to its end: the middle of five, but for `stop`, which is one. */
function command(folder: string, word: string): number {
  const times = Array.from({ length: word === 'stop' ? 1 : 5 }, () => {
    const begun = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, word], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
    return performance.now() - begun;
  });
  return quantile(times, 0.5);
}

async function listening(server: ReturnType<typeof startNode>): Promise<string> {
  const [line] = (await once(server.stdout ?? server, 'data')) as [Buffer];
  const [url] = /http:\S+/.exec(line.toString()) ?? [];
  if (url === undefined) throw new Error(`the server said ${line}`);
  return url;
}

function quantile(values: number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * at))] ?? Number.NaN;
}

function print(figures: Figure[]): void {
  console.log('| what | figure | target |\n| --- | --- | --- |');
  for (const { what, figure, unit, target } of figures)
    console.log(
      `| ${what} | ${figure.toFixed(1)} ${unit} | ${target === undefined ? '' : `≤ ${target.toFixed(1)} ${unit}`} |`,
    );
  const missed = figures.filter(({ figure, target }) => target !== undefined && figure > target);
  for (const { what } of missed) console.error(`missed: ${what}`);
  if (missed.length > 0 && process.argv.includes('--check')) process.exitCode = 1;
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
