import { en } from 'zod/locales';
import * as z from 'zod/mini';
import { controlAddress } from './control-address.js';
import { errorFrom } from './error-from.js';
import type { Listing, ServiceClass } from './listing.js';

const path = z.string().check(z.minLength(1));

const listing = z.custom<ServiceClass | Listing>(
  (entry) => typeof entry === 'function' || typeof (entry as Listing | null)?.service === 'function',
  'must be a class of services, or one with(…) options',
);

const taskClass = z.custom<new (...args: never[]) => object>(
  (entry) => typeof entry === 'function',
  'must be a class of tasks',
);

const guard = z.custom<(user: object | null) => boolean>((entry) => typeof entry === 'function');

const consoleGuard = z.custom<(user: object | null, peer: { address: string; local: boolean }) => boolean>(
  (entry) => typeof entry === 'function',
);

const log = z.strictObject({
  /** CRITICAL, ERROR, WARNING, INFO or DEBUG, in any case; anything else is INFO with a warning. */
  level: z._default(z.string(), 'INFO'),
  /** Lines for people, or one object of JSON a line. */
  format: z._default(z.enum(['text', 'json']), 'text'),
  /** Empty means `./logging.log`. */
  path: z._default(z.nullable(z.string()), './logging.log'),
  /** The size at which a new file is begun, in bytes. */
  maxSize: z._default(z.int().check(z.minimum(1_024)), 10_000_000),
  /** How many files are kept. */
  maxFiles: z._default(z.int().check(z.minimum(1), z.maximum(1_000)), 5),
});

const restart = z.strictObject({
  intensity: z.exactOptional(z.int().check(z.minimum(0))),
  period: z.exactOptional(z.number().check(z.positive())),
  first: z.exactOptional(z.number().check(z.positive())),
  ceiling: z.exactOptional(z.number().check(z.positive())),
  healthy: z.exactOptional(z.number().check(z.positive())),
});

/** How many positions a telegraph has. */
const POSITIONS = 11;

const label = z.string().check(z.trim(), z.minLength(1), z.maxLength(40));

const panel = z.strictObject({
  /** A set of words, or eleven of your own from hard left to hard right; else naval in two-way mode, cqp otherwise. */
  labels: z.exactOptional(
    z.union(
      [z.enum(['cqp', 'naval']), z.array(label).check(z.length(POSITIONS))],
      `must be cqp, naval, or a list of ${POSITIONS} words of 1 to 40 characters`,
    ),
  ),
  /** Orders come from the status file, or from a bridge to an engine room, which answers. */
  mode: z._default(z.enum(['status', 'two-way']), 'status'),
  /** In two-way mode: who the panels of this server are, or that their visitors choose. */
  station: z._default(z.enum(['choose', 'bridge', 'engine']), 'choose'),
  /** Whether everybody is shown who has acknowledged what. */
  acknowledgements: z._default(z.boolean(), false),
});

const schema = z.strictObject({
  /** Where the web server listens. */
  host: z._default(path, '127.0.0.1'),
  /** 0 lets the system choose. */
  port: z._default(z.int().check(z.minimum(0), z.maximum(65_535)), 1873),
  statusFile: z._default(path, './status.eot'),
  acceptFile: z._default(path, './accept.eot'),
  /** The panel at `/`, and the telegraph behind it. */
  panel: z.prefault(panel, {}),
  /** A path, or a loopback host and port. */
  controlSocket: z._default(path.check(refuseOpen), './interface.sock'),
  lockFile: z._default(path, './server.lock'),
  log: z.prefault(log, {}),
  /** Other origins whose pages may open a socket, such as `https://www.example.org`; `*` is every page. */
  origins: z._default(z.array(z.string()), []),
  /** Who may stop the server over the wire: nobody, users who have logged in, anyone, or whoever a function lets. */
  shutdown: z._default(z.union([z.enum(['nobody', 'users', 'anyone']), guard]), 'nobody'),
  /** Who may watch and command the server at `/console`: this machine, nobody, users who have logged in, or whoever a function lets. */
  console: z._default(z.union([z.enum(['local', 'nobody', 'users']), consoleGuard]), 'local'),
  /** How deaths of services are healed; a listing may say otherwise. */
  restart: z._default(restart, {}),
  /** In start order. */
  services: z.array(listing).check(z.minLength(1)),
  /** By the name that clients call. */
  tasks: z._default(z.record(z.string().check(z.minLength(1), z.maxLength(128)), taskClass), {}),
});

/** What a settings file exports: everything but the services has a default. */
export type SettingsInput = z.input<typeof schema>;

/** The settings of one server, checked and whole. */
export type Settings = z.output<typeof schema>;

/** The token of the settings. */
export const Settings = Symbol('Settings');

export type LogSettings = Settings['log'];

export type PanelSettings = Settings['panel'];

/** Checks settings and fills in the defaults. Throws one sentence that names all that is wrong with them. */
export function checkSettings(input: unknown, from: string): Settings {
  // One parse is not worth a compiled parser.
  const { success, data, error } = schema.safeParse(input, { jitless: true, error: en().localeError });
  if (success) return data;
  const flaws = error.issues.map(({ path, message }) => `${path.join('.') || 'the export'}: ${message}`);
  throw new Error(`${from} has ${flaws.length === 1 ? 'a fault' : 'faults'}: ${flaws.join('; ')}`);
}

function refuseOpen({ value, issues }: z.core.ParsePayload<string>): void {
  try {
    controlAddress(value);
  } catch (error) {
    issues.push({ code: 'custom', input: value, message: errorFrom(error).message });
  }
}
