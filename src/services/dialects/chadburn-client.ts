import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Json } from '../../wire/json.js';
import { ORDER, positionOf, TELEGRAPH } from '../../wire/telegraph.js';
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

  /** @param statusFile as the settings name it */
  constructor(
    socket: WebSocket,
    stream: Duplex,
    private readonly post: Postman,
    mostWaiting: number,
    visit: Visit,
    private readonly counter: Counter,
    private readonly statusFile: string,
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
    if (text === 'base') this.say(`Base Directory: ${process.cwd()}`);
    else if (text === 'file') this.say(`EOT Status file: ${this.statusFile}`);
    else if (text === 'status') this.say(`Current Status: ${this.#order() ?? 'unknown'}`);
    else if (text === 'shutdown') this.#do('shutdown', 'TaskShutdown', null);
    else if (text.startsWith('Accept&')) this.#accept(text.split('&')[1] ?? '');
    else if (!text.includes('&')) this.say(`Server echoed: ${text}`);
  }

  hearBinary(): void {
    this.say('Refused: frames are text, this one is binary');
  }

  end(): void {
    this.#present = false;
    void this.#welcomed.then((isIn) => isIn && this.counter.reception.farewell(this));
  }

  #accept(text: string): void {
    const position = positionOf(text);
    if (position === undefined) this.say('Refused: a state is a number from 1 to 11');
    else this.#do('accept', 'TaskAccept', position);
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
      const order = this.#order();
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
