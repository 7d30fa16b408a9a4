import { join } from 'node:path';
import { defaultSettings, Pages } from 'eot-server';
import { Clock } from './services/clock.js';
import { Greet } from './tasks/greet.js';

const base = defaultSettings();

// Your page takes the place of the telegraph, which stays at /panel.
const pages = Pages.with({
  folder: join(import.meta.dirname, 'pages'),
  files: { '/': 'index.html', '/page.js': 'page.js' },
});

export default {
  ...base,
  services: [
    ...base.services.map((service) => (service === Pages ? pages : service)),
    Clock.with({ room: 'lobby', every: 1_000 }),
  ],
  tasks: { ...base.tasks, Greet },
};
