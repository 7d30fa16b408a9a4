import * as z from 'zod';
import { controlAddress } from './control-address.js';
import { errorFrom } from './error-from.js';
import type { Listing, ServiceClass } from './listing.js';

const path = z.string().min(1);

const listing = z.custom<ServiceClass | Listing>(
  (entry) => typeof entry === 'function' || typeof (entry as Listing | null)?.service === 'function',
  'must be a class of services, or one with(…) options',
);

const taskClass = z.custom<new (...args: never[]) => object>(
  (entry) => typeof entry === 'function',
  'must be a class of tasks',
);

const log = z.strictObject({
  /** CRITICAL, ERROR, WARNING, INFO or DEBUG, in any case; anything else is INFO with a warning. */
  level: z.string().default('INFO'),
  /** Empty means `./logging.log`. */
  path: z.string().nullish().transform((text) => text || './logging.log').default('./logging.log'),
  /** The size at which a new file is begun, in bytes. */
  maxSize: z.int().min(1_024).default(10_000_000),
  /** How many files are kept. */
  maxFiles: z.int().min(1).max(1_000).default(5),
});

const restart = z.strictObject({
  intensity: z.int().min(0).exactOptional(),
  period: z.number().positive().exactOptional(),
  first: z.number().positive().exactOptional(),
  ceiling: z.number().positive().exactOptional(),
  healthy: z.number().positive().exactOptional(),
});

const schema = z.strictObject({
  /** Where the web server listens. */
  host: z.string().min(1).default('127.0.0.1'),
  /** 0 lets the system choose. */
  port: z.int().min(0).max(65_535).default(1873),
  statusFile: path.default('./status.eot'),
  acceptFile: path.default('./accept.eot'),
  /** A path, or a loopback host and port. */
  controlSocket: path.default('./interface.sock').superRefine(refuseOpen),
  lockFile: path.default('./server.lock'),
  log: log.prefault({}),
  /** Other origins whose pages may open a socket, such as `https://www.example.org`; `*` is every page. */
  origins: z.array(z.string()).default([]),
  /** Who may stop the server over the wire: nobody, users who have logged in, anyone, or whoever a function lets. */
  shutdown: z
    .union([z.enum(['nobody', 'users', 'anyone']), z.custom<(user: object | null) => boolean>((f) => typeof f === 'function')])
    .default('nobody'),
  /** How deaths of services are healed; a listing may say otherwise. */
  restart: restart.default({}),
  /** In start order. */
  services: z.array(listing).min(1),
  /** By the name that clients call. */
  tasks: z.record(z.string().min(1).max(128), taskClass).default({}),
});

/** What a settings file exports: everything but the services has a default. */
export type SettingsInput = z.input<typeof schema>;

/** The settings of one server, checked and whole. */
export type Settings = z.output<typeof schema>;

/** The token of the settings. */
export const Settings = Symbol('Settings');

export type LogSettings = Settings['log'];

/** Checks settings and fills in the defaults. Throws one sentence that names all that is wrong with them. */
export function checkSettings(input: unknown, from: string): Settings {
  // One parse is not worth a compiled parser.
  const { success, data, error } = schema.safeParse(input, { jitless: true });
  if (success) return data;
  const flaws = error.issues.map(({ path, message }) => `${path.join('.') || 'the export'}: ${message}`);
  throw new Error(`${from} has ${flaws.length === 1 ? 'a fault' : 'faults'}: ${flaws.join('; ')}`);
}

function refuseOpen(text: string, context: z.RefinementCtx<string>): void {
  try {
    controlAddress(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: errorFrom(error).message });
  }
}
