import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Json } from '../../wire/json.js';
import { ORDER, positionOf, REST, TELEGRAPH } from '../../wire/telegraph.js';
import { logAbout } from '../calls/call-log.js';
import type { Counter } from '../calls/conversation.js';
import type { Visit } from '../calls/visit.js';
import type { Postman } from '../doors/postman.js';
import { WebsocketClient } from '../doors/websocket-client.js';
import { textFrame } from '../doors/ws-frame.js';
import { chadburnFrame, type Deed } from './chadburn-text.js';

/** A panel: a web socket that speaks the telegraph's text language (PROTOCOL.md, 2). */
export class ChadburnClient extends WebsocketClient {
  readonly hearsNotices = false;
  protected readonly encoder = chadburnFrame;
  #present = true;
  readonly #welcomed: Promise<boolean>;

  /** @param statusFile as the settings name it; undefined in two-way mode, where there are no files */
  constructor(
    socket: WebSocket,
    stream: Duplex,
    private readonly post: Postman,
    mostWaiting: number,
    visit: Visit,
    private readonly counter: Counter,
    private readonly statusFile: string | undefined,
  ) {
    super(socket, stream, post, mostWaiting);
    this.say('Connected to EOT Server');
    this.#welcomed = this.#welcome(visit);
  }

  /** Sends a text as it is. */
  say(text: string): void {
    this.trace?.step('socket', `← ${text}`);
    this.post.post(this, textFrame(text));
  }

  hear(text: string): void {
    const fact = this.#fact(text);
    if (fact !== undefined) this.say(fact);
    else if (text === 'shutdown') this.#do('shutdown', 'TaskShutdown', null);
    else if (text.startsWith('Accept&')) this.#put('accept', 'TaskAccept', text);
    else if (this.#twoWay && text.startsWith('Broadcast&')) this.#put('broadcast', 'TaskBroadcast', text);
    else if (!text.includes('&')) this.say(`Server echoed: ${text}`);
  }

  hearBinary(): void {
    this.say('Refused: frames are text, this one is binary');
  }

  end(): void {
    this.#present = false;
    void this.#welcomed.then((isIn) => isIn && this.counter.reception.farewell(this));
  }

  get #twoWay(): boolean {
    return this.statusFile === undefined;
  }

  /** What is asked with one word, and only where there are files. */
  #fact(text: string): string | undefined {
    if (this.#twoWay) return undefined;
    if (text === 'base') return `Base Directory: ${process.cwd()}`;
    if (text === 'file') return `EOT Status file: ${this.statusFile}`;
    return text === 'status' ? `Current Status: ${this.#order() ?? 'unknown'}` : undefined;
  }

  #put(deed: Deed, task: string, text: string): void {
    const position = positionOf(text.split('&')[1] ?? '');
    if (position === undefined) this.say('Refused: a state is a number from 1 to 11');
    else this.#do(deed, task, position);
  }

  #do(deed: Deed, task: string, data: Json): void {
    void this.#welcomed.then((isIn) => {
      if (isIn)
        this.counter.router.route({ kind: 'call', ref: deed, task, data, frame: {} }, this, TELEGRAPH);
    });
  }

  async #welcome(visit: Visit): Promise<boolean> {
    try {
      const isIn = await this.counter.reception.welcome(this, visit, TELEGRAPH, () => this.#present);
      const order = this.#twoWay ? REST : this.#order();
      if (isIn && order !== undefined) this.say(`${order}&1`);
      return isIn;
    } catch (error) {
      logAbout(this.counter.log, this).error('a panel could not be welcomed', error);
      return false;
    }
  }

  #order(): Json | undefined {
    const last = this.counter.rooms.last(TELEGRAPH);
    return last?.words.task === ORDER ? last.words.data : undefined;
  }
}
