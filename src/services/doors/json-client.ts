import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { Conversation, type Counter, type JsonClient } from '../calls/conversation.js';
import type { Visit } from '../calls/visit.js';
import type { Message } from '../rooms/message.js';
import type { Postman } from './postman.js';
import { WebsocketClient } from './websocket-client.js';
import { textFrame } from './ws-frame.js';

/** A web socket that speaks the JSON language (PROTOCOL.md, 1). */
export class JsonWebsocketClient extends WebsocketClient implements JsonClient {
  modern = false;
  readonly #conversation: Conversation;

  constructor(
    socket: WebSocket,
    stream: Duplex,
    postman: Postman,
    mostWaiting: number,
    visit: Visit,
    counter: Counter,
  ) {
    super(socket, stream, postman, mostWaiting);
    this.#conversation = new Conversation(this, visit, counter);
  }

  get hearsNotices(): boolean {
    return !this.modern;
  }

  protected get encoder(): (message: Message) => Buffer {
    return this.modern ? modernFrame : originalFrame;
  }

  hear(text: string): void {
    this.#conversation.hear(text);
  }

  hearBinary(): void {
    const message = 'frames are text, this one is binary';
    this.#conversation.refuse('bad-frame', { ref: undefined, task: undefined, message });
  }

  end(): void {
    this.#conversation.end();
  }
}

function originalFrame({ words }: Message): Buffer {
  return textFrame(JSON.stringify(words));
}

function modernFrame({ words, place }: Message): Buffer {
  return textFrame(JSON.stringify(place ? { ...words, ...place } : words));
}
