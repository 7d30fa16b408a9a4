import { inject, Options, RoomHandler, type Run, Service } from 'eot-server';

export interface ClockOptions {
  /** Who is told the time. */
  room: string;
  /** In milliseconds. */
  every: number;
}

/** Tells the time to a room. */
export class Clock extends Service {
  constructor(
    @inject(Options) private readonly options: ClockOptions,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
  ) {
    super();
  }

  override async main(run: Run): Promise<void> {
    const { room, every } = this.options;
    const tick = () => this.rooms.say({ room, task: 'Time', data: new Date().toISOString() });
    const timer = setInterval(tick, every);
    run.ready();
    await run.stopped;
    clearInterval(timer);
  }
}
