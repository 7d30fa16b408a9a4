import { defaultSettings, Pages, RoomHandler, Service } from 'eot-server';
import { Cook, Measure, Ring } from './tasks.js';

const base = defaultSettings();

export default {
  ...base,
  services: [
    ...base.services,
    RoomHandler.with({ notices: false }, { optional: true, startWithin: 1_000 }),
    Pages.with({ files: { '/': 'page.html' } }),
  ],
  tasks: { ...base.tasks, Cook, Measure, Ring },
};

class Plain extends Service {}
Plain.with({} as never);

// @ts-expect-error no such option
RoomHandler.with({ notice: false });
// @ts-expect-error an option of another kind
RoomHandler.with({ roomsPerClient: 'many' });
// @ts-expect-error no such term
RoomHandler.with({}, { obligatory: true });
// @ts-expect-error a class of tasks is no service
RoomHandler.with(Cook);
