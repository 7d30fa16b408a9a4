import { defaultSettings } from 'eot-server';
import { BenchSay } from './tasks/bench-say.js';

const defaults = defaultSettings();

/** The default settings and the one task that the bench calls beyond them. */
export default { ...defaults, tasks: { ...defaults.tasks, BenchSay } };
