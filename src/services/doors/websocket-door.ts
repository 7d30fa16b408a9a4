import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { inject, Options } from '../../infra/inject.js';
import { Logger } from '../../infra/logger.js';
import { Settings } from '../../infra/settings.js';
import type { Counter } from '../calls/conversation.js';
import { Reception } from '../calls/reception.js';
import { Router } from '../calls/router.js';
import type { Visit } from '../calls/visit.js';
import { RoomHandler } from '../rooms/room-handler.js';
import { JsonWebsocketClient } from './json-client.js';
import { SocketDoor, type SocketDoorOptions } from './socket-door.js';
import { WebServer } from './web-server.js';

/** The web socket door on `/ws`, in the JSON language (PROTOCOL.md, 1). */
export class WebSocketDoor extends SocketDoor {
  readonly #counter: Counter;

  constructor(
    @inject(Options) options: SocketDoorOptions,
    @inject(Settings) settings: Settings,
    @inject(WebServer) web: WebServer,
    @inject(Reception) reception: Reception,
    @inject(Router) router: Router,
    @inject(RoomHandler) rooms: RoomHandler,
    @inject(Logger) log: Logger,
  ) {
    const usual = { path: '/ws', maxFrame: 65_536, maxWaiting: 1_048_576, heartbeat: 25_000 };
    super(web, settings, log, options, usual);
    this.#counter = { reception, router, rooms, log };
  }

  protected override open(socket: WebSocket, stream: Duplex, visit: Visit): JsonWebsocketClient {
    return new JsonWebsocketClient(socket, stream, this.postman, this.maxWaiting, visit, this.#counter);
  }
}
