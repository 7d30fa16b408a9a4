import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import { inject, Options } from '../../infra/inject.js';
import { Logger } from '../../infra/logger.js';
import { Settings } from '../../infra/settings.js';
import type { Counter } from '../calls/conversation.js';
import { Reception } from '../calls/reception.js';
import { Router } from '../calls/router.js';
import type { Visit } from '../calls/visit.js';
import { SocketDoor, type SocketDoorOptions } from '../doors/socket-door.js';
import { WebServer } from '../doors/web-server.js';
import { RoomHandler } from '../rooms/room-handler.js';
import { ChadburnClient } from './chadburn-client.js';

/** The web socket door on `/websocket`, in the telegraph's text language (PROTOCOL.md, 2). */
export class Chadburn extends SocketDoor {
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
    const usual = { path: '/websocket', maxFrame: 4_096, maxWaiting: 65_536, heartbeat: 25_000 };
    super(web, settings, log, options, usual);
    this.#counter = { reception, router, rooms, log };
  }

  override disable(): void {
    for (const panel of this.clients)
      if (panel instanceof ChadburnClient) panel.say('EOT Server is shutting down.');
  }

  protected override open(socket: WebSocket, stream: Duplex, visit: Visit): ChadburnClient {
    const { statusFile, panel } = this.settings;
    return new ChadburnClient(
      socket,
      stream,
      this.postman,
      this.maxWaiting,
      visit,
      this.#counter,
      panel.mode === 'two-way' ? undefined : statusFile,
    );
  }
}
