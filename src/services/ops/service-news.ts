import { inject } from '../../infra/inject.js';
import { type Run, Service } from '../../infra/service.js';
import { ServiceManager } from '../../infra/service-manager.js';
import { Settings } from '../../infra/settings.js';
import { SERVICE_STATE, SERVICES } from '../../wire/operations.js';
import { RoomHandler } from '../rooms/room-handler.js';
import { operators } from './operators.js';

/** Says every change of a service's state in the room `services`, which is for operators. */
export class ServiceNews extends Service {
  constructor(
    @inject(Settings) settings: Settings,
    @inject(ServiceManager) private readonly services: ServiceManager,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
  ) {
    super();
    // Before any door opens, and also while this service is dead.
    rooms.guard(SERVICES, (user, peer) => operators(user, peer, settings));
  }

  override async main(run: Run): Promise<void> {
    // It is about this server: others have services, and a room for them, of their own.
    const end = this.services.onChange((status) =>
      this.rooms.deliver({ room: SERVICES, task: SERVICE_STATE, data: { ...status } }),
    );
    run.ready();
    await run.stopped;
    end();
  }
}
