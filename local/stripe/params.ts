/** Checks parameters against a schema, and answers a fault as Stripe does. Knows no resource. */
import * as z from 'zod';
import { badParam } from './api-error.ts';
import { type Form, nameOf } from './form.ts';
import {
  METADATA_KEY_CHARACTERS_MAX,
  METADATA_KEYS_MAX,
  METADATA_VALUE_CHARACTERS_MAX,
} from './limits.ts';

/** Faults that Stripe has a code for are the messages of the schemas. */
const CODE = /^(parameter|url|email)_[a-z_]+$/;

/** @throws ApiError for the first fault. */
export function readParams<S extends z.ZodType>(schema: S, form: Form): z.output<S> {
  const { success, data, error } = schema.safeParse(form);
  if (success) return data;
  const [issue] = error.issues;
  if (issue === undefined) throw new Error('a failed parse has no issue');
  if (issue.code === 'unrecognized_keys') {
    const name = nameOf([...issue.path, issue.keys[0] ?? '']);
    throw badParam(name, `Received unknown parameter: ${name}`, 'parameter_unknown');
  }
  const name = nameOf(issue.path);
  const value = valueAt(form, issue.path);
  if (value === undefined) {
    throw badParam(name, `Missing required param: ${name}.`, 'parameter_missing');
  }
  if (value === '') {
    throw badParam(name, `${name} must not be empty.`, 'parameter_invalid_empty');
  }
  throw CODE.test(issue.message)
    ? badParam(name, `Invalid ${name}`, issue.message)
    : badParam(name, `Invalid ${name}: ${issue.message}`);
}

export function integer({ min, max }: { min: number; max: number }) {
  return z
    .string()
    .regex(/^-?\d{1,15}$/, 'parameter_invalid_integer')
    .transform(Number)
    .pipe(z.number().min(min, `must be at least ${min}`).max(max, `must be at most ${max}`));
}

export function text(charactersMax: number) {
  return z.string().min(1).max(charactersMax, `must have at most ${charactersMax} characters`);
}

/** Of what is given as `a[0]`, `a[1]` and so on. */
export function list<S extends z.ZodType>(schema: S, entriesMax: number) {
  return z.preprocess(
    (given) => (typeof given === 'object' && given !== null ? Object.values(given) : given),
    z.array(schema).min(1).max(entriesMax, `must have at most ${entriesMax} entries`),
  );
}

/** An absolute address; what stands in braces is replaced later. */
export const url = z
  .string()
  .max(5_000)
  .refine((given) => /^https?:$/.test(URL.parse(given)?.protocol ?? ''), 'url_invalid');

export const metadata = z
  .record(
    z.string().max(METADATA_KEY_CHARACTERS_MAX),
    z.string().max(METADATA_VALUE_CHARACTERS_MAX, 'must be shorter'),
  )
  .refine(
    (given) => Object.keys(given).length <= METADATA_KEYS_MAX,
    `must have at most ${METADATA_KEYS_MAX} keys`,
  )
  .transform((given): Metadata => ({ ...given }));

export type Metadata = Record<string, string>;

function valueAt(form: Form, path: readonly PropertyKey[]): unknown {
  let place: unknown = form;
  for (const part of path) {
    if (typeof place !== 'object' || place === null) return undefined;
    place = (place as Record<PropertyKey, unknown>)[part];
  }
  return place;
}
