import { inject } from '../../infra/inject.js';
import { type Run, Service } from '../../infra/service.js';
import { Settings } from '../../infra/settings.js';
import { ORDER, type PanelFacts, TELEGRAPH } from '../../wire/telegraph.js';
import { Pages } from '../doors/pages.js';
import { RoomHandler } from '../rooms/room-handler.js';
import { labelsOf } from './labels.js';

/** Tells the panel's page, while it is served, how it is set up and which order stands. */
export class Panel extends Service {
  constructor(
    @inject(Settings) private readonly settings: Settings,
    @inject(Pages) private readonly pages: Pages,
    @inject(RoomHandler) private readonly rooms: RoomHandler,
  ) {
    super();
  }

  override async main(run: Run): Promise<void> {
    const { mode, station, acknowledgements } = this.settings.panel;
    const labels = labelsOf(this.settings.panel);
    const end = this.pages.fill('panel.html', () => {
      const order = mode === 'status' ? this.#order() : null;
      const facts: PanelFacts = { labels, mode, station, acknowledgements, order };
      return { facts: JSON.stringify(facts), standing: standing(facts) };
    });
    run.ready();
    await run.stopped;
    end();
  }

  override describe(): Record<string, string> {
    return { mode: this.settings.panel.mode };
  }

  #order(): number | null {
    const { task, data } = this.rooms.last(TELEGRAPH)?.words ?? {};
    return task === ORDER && typeof data === 'number' ? data : null;
  }
}

/** The order, for those whose browser runs no script. */
function standing({ mode, order, labels }: PanelFacts): string {
  if (mode === 'two-way') return 'no orders are kept here';
  return order === null ? 'no order stands' : (labels[order - 1] ?? String(order));
}
