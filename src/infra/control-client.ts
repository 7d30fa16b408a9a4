import { connect } from 'node:net';
import type { ControlAddress } from './control-address.js';
import { END } from './control-wire.js';
import { codeOf, errorFrom } from './error-from.js';

/**
 * Sends one command to a running server and resolves with its lines of answer. With `untilEnd` it also waits
 * for the connection to end: after `stop` that is the end of the process. Throws when no server answers, or
 * when the connection ends before the answer is whole.
 */
export async function command(address: ControlAddress, words: string, untilEnd = false): Promise<string[]> {
  const socket = connect(address);
  socket.setEncoding('utf8');
  let answer = '';
  try {
    socket.write(words);
    for await (const chunk of socket) {
      answer += chunk;
      if (answer.endsWith(END) && !untilEnd) break;
    }
  } catch (error) {
    if (!answer.endsWith(END)) throw unreachable(address, error);
  } finally {
    socket.destroy();
  }
  if (!answer.endsWith(END)) throw new Error(`the server ended before it had answered ${words}: see its log`);
  return answer.slice(0, -END.length).split('\n').slice(0, -1);
}

/**
 * Sends one command that is answered for as long as the server likes, and gives each line as it comes. Whoever stops
 * listening hangs up. Throws as `command` does.
 */
export async function* lines(address: ControlAddress, words: string): AsyncGenerator<string> {
  const socket = connect(address);
  socket.setEncoding('utf8');
  let rest = '';
  try {
    socket.write(words);
    for await (const chunk of socket) {
      const whole = `${rest}${chunk}`.split('\n');
      rest = whole.pop() ?? '';
      yield* whole;
      if (rest === END) return;
    }
  } catch (error) {
    throw unreachable(address, error);
  } finally {
    socket.destroy();
  }
  throw new Error(`the server ended before it had answered ${words}: see its log`);
}

function unreachable(address: ControlAddress, error: unknown): Error {
  const where = 'path' in address ? address.path : `${address.host}:${address.port}`;
  const code = codeOf(error);
  const nobody = code === 'ENOENT' || code === 'ECONNREFUSED';
  const why = nobody ? 'is it running, and is this its --control-socket?' : errorFrom(error).message;
  return new Error(`no server answers at ${where}: ${why}`, { cause: error });
}
