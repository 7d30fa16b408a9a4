import { once } from 'node:events';
import { WebSocket } from 'ws';

/** How long an echo took: when it was sent, and when it came, in milliseconds of the process clock. */
export interface Echo {
  readonly sent: number;
  readonly heard: number;
}

const CONNECTIONS = 100;
/** Each connection calls again so many milliseconds after its answer, on average. */
const REST = 20;
const CALL = JSON.stringify({ task: 'TaskEcho', data: 'x'.repeat(64), ref: 1 });

/** Echoes that run all the time, calmly: 100 connections, about 5,000 calls a second. */
export class Echoes {
  #all: Echo[] = [];
  readonly #sockets: WebSocket[] = [];

  async begin(url: string): Promise<void> {
    for (let n = 0; n < CONNECTIONS; n++)
      this.#sockets.push(new WebSocket(`${url.replace('http', 'ws')}/ws`));
    await Promise.all(this.#sockets.map((socket) => this.#enter(socket)));
  }

  /** The echoes since the last time, and forgets them. */
  take(): Echo[] {
    const all = this.#all;
    this.#all = [];
    return all;
  }

  end(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  async #enter(socket: WebSocket): Promise<void> {
    await once(socket, 'open');
    socket.send(JSON.stringify({ room: 'bench', ref: 0 }));
    await once(socket, 'message');
    let sent = 0;
    const call = (): void => {
      if (socket.readyState !== WebSocket.OPEN) return;
      sent = performance.now();
      socket.send(CALL);
    };
    socket.on('message', () => {
      this.#all.push({ sent, heard: performance.now() });
      setTimeout(call, 2 * REST * Math.random());
    });
    setTimeout(call, 2 * REST * Math.random());
  }
}
