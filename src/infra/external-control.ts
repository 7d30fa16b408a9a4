import { chmodSync, lstatSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import type { Caller, Commands } from './commands.js';
import type { ControlAddress } from './control-address.js';
import { END, LONGEST_COMMAND, UNKNOWN } from './control-wire.js';
import { codeOf, errorFrom } from './error-from.js';
import type { Logger } from './logger.js';

/** `stop` answers when the services have stopped, and its connection ends with the process. */
const LASTING = 'stop';

/** How many bytes may wait for a caller who is told lines as they come. */
const MOST_WAITING = 262_144;

/** Lets other processes on this machine command the server (PROTOCOL.md, 3). */
export class ExternalControl {
  readonly #server: Server;

  constructor(
    private readonly address: ControlAddress,
    private readonly commands: Commands,
    private readonly log: Logger,
  ) {
    this.#server = createServer({ allowHalfOpen: true }, (socket) => this.#serve(socket));
  }

  /** Opens the socket, readable and writable by its owner only. The lock must be held: an old socket is removed. */
  async open(): Promise<void> {
    const { address } = this;
    const before = process.umask(0o177);
    try {
      if ('path' in address) await removeDead(address.path);
      await new Promise<void>((resolve, reject) => {
        this.#server.once('error', reject);
        this.#server.listen(address, resolve);
      });
      if ('path' in address) chmodSync(address.path, 0o600);
    } catch (error) {
      throw this.#unusable(error);
    } finally {
      process.umask(before);
    }
    this.#server.on('error', (error) => this.log.error(`the control socket failed: ${error.message}`, error));
  }

  /** Takes no more commands and removes the socket; connections that wait for the end go on. */
  close(): void {
    this.#server.close();
    if ('path' in this.address) rmSync(this.address.path, { force: true });
  }

  #serve(socket: Socket): void {
    socket.on('error', (error) => this.log.debug(`a control connection failed: ${error.message}`));
    const ended = (): void => void socket.end();
    socket.once('end', ended);
    socket.once('data', (bytes: Buffer) => {
      const words = bytes.subarray(0, LONGEST_COMMAND).toString().trim().split(/\s+/);
      socket.off('end', ended).resume();
      void this.#answer(socket, words);
    });
  }

  async #answer(socket: Socket, [name = '', ...words]: string[]): Promise<void> {
    const lines = await this.#run(name, words, callerAt(socket));
    const text = lines.map((line) => `${line}\n`).join('') + END;
    if (name === LASTING) socket.write(text);
    else socket.end(text);
  }

  async #run(name: string, words: string[], caller: Caller): Promise<string[]> {
    const command = this.commands.get(name);
    if (!command) return [UNKNOWN];
    this.log.info(`commanded: ${[name, ...words].join(' ')}`);
    try {
      return await command(words, caller);
    } catch (error) {
      return [`error: ${errorFrom(error).message}`];
    }
  }

  #unusable(error: unknown): Error {
    const { address } = this;
    const where = 'path' in address ? address.path : `${address.host}:${address.port}`;
    const why = codeOf(error) === 'EADDRINUSE' ? 'it is in use' : errorFrom(error).message;
    return new Error(
      `the control socket ${where} cannot be opened (${why}): choose another with --control-socket`,
      {
        cause: error,
      },
    );
  }
}

/** Whoever reads its lines too slowly is dropped. */
function callerAt(socket: Socket): Caller {
  const gone = new AbortController();
  for (const event of ['end', 'close']) socket.once(event, () => gone.abort());
  const say = (line: string): void => {
    if (!socket.writable) return;
    socket.write(`${line}\n`);
    if (socket.writableLength > MOST_WAITING) socket.destroy();
  };
  return { say, signal: gone.signal };
}

/** Removes the socket that a killed server left. Throws when one that lives answers there, and for any other file. */
async function removeDead(path: string): Promise<void> {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (!there) return;
  if (!there.isSocket()) throw new Error('a file that is no socket is there');
  if (await answers(path)) throw new Error('another server answers there');
  rmSync(path);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => resolve(true));
    socket.on('connect', () => socket.destroy());
    socket.on('error', () => resolve(false));
  });
}
