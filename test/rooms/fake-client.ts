import { ClusterManager } from '../../src/infra/cluster-manager.js';
import { type Entry, Logger } from '../../src/infra/logger.js';
import type { Client, User } from '../../src/services/rooms/client.js';
import type { Message } from '../../src/services/rooms/message.js';
import { NOWHERE } from '../../src/services/rooms/peer.js';
import { RoomHandler, type RoomHandlerOptions } from '../../src/services/rooms/room-handler.js';

/** Remembers what it is told, as `task`, or `task in room at offset`. */
export class FakeClient implements Client {
  readonly heard: string[] = [];
  peer = NOWHERE;

  constructor(
    readonly cid: string,
    public user: User | null = null,
    readonly hearsNotices = false,
  ) {}

  send({ words, place }: Message): void {
    this.heard.push(
      place ? `${words.task} in ${place.room} at ${place.offset}` : String(words.task ?? words.msgtype),
    );
  }

  close(): void {}
}

/** A room handler of its own; what it logs is put into `entries`. */
export function roomHandler(options: RoomHandlerOptions = {}, entries: Entry[] = []): RoomHandler {
  const log = new Logger({ level: 'DEBUG', write: (entry) => void entries.push(entry) }, 'RoomHandler');
  return new RoomHandler(options, new ClusterManager(log), log);
}
