/**
 * A Worker's environment held to a table of its variables: what is wrong with it, and what it says.
 * Shared by both Workers. It stands in data-api/ because that folder imports from no other.
 */
import type * as z from 'zod';

export interface Variable {
  /** A secret is set by `wrangler secret put` or a secrets file, and never in wrangler.toml. */
  kind: 'secret' | 'variable';
  /** A name says: as soon as the variable of that name is set, or set to that value; or one of several. */
  needed: 'always' | 'never' | { with: string; being?: string } | { withAny: readonly string[] };
  /** Taken where it is not set, as it would be written. */
  default?: string;
  /** What it is for, as a sentence. */
  meaning: string;
  /** What it must look like, as it completes "it must be …". */
  form: string;
  /** Files that use it. */
  usedIn: string[];
  /** Reads the text; never asked about an empty one. */
  schema: z.ZodType;
}

export type VariableTable = Readonly<Record<string, Variable>>;

/** What is wrong with one variable, or with a binding of the Worker. Holds no value. */
export interface ConfigFault {
  name: string;
  fault: 'missing' | 'malformed';
  /** What it must be. */
  form: string;
}

/** Undefined only where a variable may be missing and has no default. */
export type Values<Table extends VariableTable> = {
  [Name in keyof Table]: Table[Name] extends { needed: 'always' } | { default: string }
    ? z.output<Table[Name]['schema']>
    : z.output<Table[Name]['schema']> | undefined;
};

/** Cloudflare's location hints for objects. */
export const LOCATIONS = [
  'wnam',
  'enam',
  'sam',
  'weur',
  'eeur',
  'apac',
  'apac-ne',
  'apac-se',
  'oc',
  'afr',
  'me',
] as const;
export type LocationHint = (typeof LOCATIONS)[number];

/** In the order of the table; empty where nothing is wrong. */
export function faultsIn(table: VariableTable, env: object): ConfigFault[] {
  return Object.entries(table).flatMap(([name, { needed, form, schema }]): ConfigFault[] => {
    const text = textOf(env, name);
    if (text !== undefined) {
      return schema.safeParse(text).success ? [] : [{ name, fault: 'malformed', form }];
    }
    return isNeeded(needed, env) ? [{ name, fault: 'missing', form }] : [];
  });
}

function isNeeded(needed: Variable['needed'], env: object): boolean {
  if (typeof needed === 'string') return needed === 'always';
  if ('withAny' in needed) return needed.withAny.some((name) => textOf(env, name) !== undefined);
  const other = textOf(env, needed.with);
  return needed.being === undefined ? other !== undefined : other === needed.being;
}

/** As one sentence, for the person who deploys: names and forms, no values. */
export function complaintOf({ name, fault, form }: ConfigFault): string {
  return `${name} is ${fault}; it must be ${form}`;
}

/** Of an environment without faults. */
export function valuesIn<Table extends VariableTable>(table: Table, env: object): Values<Table> {
  const entries = Object.entries(table).map(([name, { schema, default: text }]) => {
    const given = textOf(env, name) ?? text;
    return [name, given === undefined ? undefined : schema.parse(given)];
  });
  return Object.fromEntries(entries) as Values<Table>;
}

/** An empty text is none: wrangler.toml names each variable, also those that are not used. */
function textOf(env: object, name: string): unknown {
  const value: unknown = Reflect.get(env, name);
  return value === '' || value === null ? undefined : value;
}
