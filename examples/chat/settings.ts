import { join } from 'node:path';
import { defaultSettings, Pages } from 'eot-server';
import { Say } from './tasks/say.js';

const base = defaultSettings();

const pages = Pages.with({
  folder: join(import.meta.dirname, 'pages'),
  files: { '/': 'chat.html', '/chat.js': 'chat.js', '/chat.css': 'chat.css' },
});

export default {
  ...base,
  services: base.services.map((service) => (service === Pages ? pages : service)),
  tasks: { ...base.tasks, Say },
};
