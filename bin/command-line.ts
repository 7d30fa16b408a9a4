import { Command, InvalidArgumentError } from 'commander';
import { control, reload, restart, status, stop, trace } from './control.js';
import type { Options } from './options.js';
import { start } from './start.js';

/** The command line: words in, exit code out. */
export function commandLine(): Command {
  const program = new Command('eot-server')
    .description('A service manager, a push server and a status board in one program')
    .configureOutput({ outputError: (text, write) => write(`eot-server: ${sentence(text)}\n`) })
    .helpOption('-h, --help', 'show this')
    .enablePositionalOptions();

  listening(everywhere(program.command('start').description('start the server and stay with it')))
    .option('--watch', 'reload by itself when a file of yours changes')
    .action((options: Options) => start(options));
  everywhere(program.command('stop').description('stop the server and wait until it has ended')).action(stop);
  everywhere(
    program.command('status').description('show the services: state, since when, deaths, last reason'),
  )
    .option('--json', 'the same for a program')
    .action(status);
  everywhere(
    program.command('reload').description('take changed code, tasks and settings into service'),
  ).action(reload);
  everywhere(program.command('restart <name>').description('restart one service')).action(restart);
  everywhere(
    program.command('trace <cid>').description('print what happens to a client, as it happens'),
  ).action(trace);
  // A start does not wait for the code of what is seldom asked for.
  listening(everywhere(program.command('check').description('check the settings without starting'))).action(
    async (options: Options) => (await import('./check.js')).check(options),
  );
  program
    .command('feed [device]')
    .description(
      'drive the status file with a number a line: from a serial device, a pipe, or - for standard input',
    )
    .option('--settings <file>', 'the settings file; else settings.ts of this folder, else the defaults')
    .option('--status-file <file>', 'the file to drive')
    .option('--verbose', 'tell the cause of a failure too')
    .action(async (device: string | undefined, options: Options) =>
      (await import('./feed.js')).feed(device ?? '-', options),
    );
  program
    .command('init <folder>')
    .description('write a small project: settings, a task, a service, a page, a test')
    .option('--verbose', 'tell the cause of a failure too')
    .action(async (folder: string) => (await import('./init.js')).init(folder));
  everywhere(
    program
      .command('command <words...>', { hidden: true })
      .description('send words to the server as they are'),
  )
    .passThroughOptions()
    .action(control);
  return program;
}

/** The ancestors wrote `--status_file`: underscores in an option's name mean dashes. Other words stay as they are. */
export function dashed(words: string[], { commands }: Command): string[] {
  const options = new Set(commands.flatMap(({ options }) => options.map(({ long }) => long)));
  return words.map((word) => {
    const [name = ''] = word.split('=', 1);
    const meant = name.replaceAll('_', '-');
    return options.has(meant) ? meant + word.slice(name.length) : word;
  });
}

/** Commander's errors, in one line; where it has no suggestion, this says where to look. */
function sentence(text: string): string {
  const [what = '', meant] = text
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  return `${what} ${meant ?? '(eot-server --help shows what there is)'}`;
}

function everywhere(command: Command): Command {
  return command
    .option('--settings <file>', 'the settings file; else settings.ts of this folder, else the defaults')
    .option('--control-socket <path>', 'where the server is controlled: a path, or a loopback host:port')
    .option('--interface <path>', 'the same as --control-socket')
    .option('--verbose', 'tell the cause of a failure too');
}

function listening(command: Command): Command {
  return command
    .option('--host <address>', 'where to listen (127.0.0.1)')
    .option('--port <number>', 'where to listen; 0 lets the system choose (1873)', port)
    .option('--status-file <file>', 'the file that is watched for orders')
    .option('--accept-file <file>', 'the file that acknowledgements are written to')
    .option('--lock-file <file>', 'the file that names the running process')
    .option('--log-level <level>', 'DEBUG, INFO, WARNING, ERROR or CRITICAL')
    .option('--log-path <file>', 'where to log');
}

function port(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return number;
}
