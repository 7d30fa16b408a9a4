import type { Json } from '../../wire/json.js';
import { Refusal } from './refusal.js';

/** The part of the Standard Schema interface (version 1) that is used here; zod, valibot and arktype have it. */
export interface Schema {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => Outcome | Promise<Outcome>;
  };
}

type Outcome =
  | { readonly value: unknown; readonly issues?: undefined }
  | { readonly issues: readonly Issue[] };

interface Issue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** The checked data. Throws a Refusal `bad-data` that says where it is wrong. */
export function checked(schema: Schema, data: Json): Json {
  const outcome = schema['~standard'].validate(data);
  if (outcome instanceof Promise) throw new TypeError('the schema of a task must check at once, not later');
  if (!outcome.issues) return outcome.value as Json;
  throw new Refusal('bad-data', outcome.issues.slice(0, 3).map(told).join('; '));
}

function told({ message, path = [] }: Issue): string {
  const where = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return where ? `${where}: ${message}` : message;
}
