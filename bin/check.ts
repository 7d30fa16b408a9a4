import { checkComposition } from '../src/infra/check-composition.js';
import { loadSettings } from '../src/infra/load-settings.js';
import { given, type Options } from './options.js';

/** Checks the settings: their values, and that every service and task is given what it needs. */
export async function check(options: Options): Promise<void> {
  const settings = await loadSettings(options.settings, given(options));
  checkComposition(settings);
  const { services, tasks } = settings;
  process.stdout.write(
    `the settings are good: ${services.length} services, ${Object.keys(tasks).length} tasks\n`,
  );
}
