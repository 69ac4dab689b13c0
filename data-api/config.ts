/** The gateway's variables and secrets, checked once and named when they are wrong. */
import type * as z from 'zod';
import type { DataApiConfig } from './app.ts';
import { type LocationHint, VARIABLES, type Variable, type VariableName } from './variables.ts';

export interface GatewayConfig {
  api: DataApiConfig;
  mongodbUri: string;
  location: LocationHint | undefined;
}

/** What is wrong with one variable. Holds no value. */
export interface ConfigFault {
  name: string;
  fault: 'missing' | 'malformed';
  /** What it must be. */
  form: string;
}

/** @returns what is wrong instead, where anything is. */
export function readGatewayConfig(env: object): GatewayConfig | { wrong: ConfigFault[] } {
  const wrong = faultsOf(env);
  if (wrong.length > 0) return { wrong };
  const given = valuesIn(env);
  return {
    api: {
      key: given.DATA_API_KEY,
      dataSource: given.DATA_API_DATA_SOURCE,
      database: given.DATA_API_DATABASE,
      collections: new Set(given.DATA_API_COLLECTIONS.split(',')),
      basePath: given.DATA_API_BASE_PATH,
      insertedStatus: given.DATA_API_INSERTED_STATUS === '201' ? 201 : 200,
    },
    mongodbUri: given.MONGODB_URI,
    location: given.DATA_API_LOCATION,
  };
}

/** In the order of the table. */
export function faultsOf(env: object): ConfigFault[] {
  return names().flatMap((name): ConfigFault[] => {
    const { needed, form, schema }: Variable = VARIABLES[name];
    const text = textOf(env, name);
    if (text !== undefined) {
      return schema.safeParse(text).success ? [] : [{ name, fault: 'malformed', form }];
    }
    return needed === 'always' ? [{ name, fault: 'missing', form }] : [];
  });
}

/** As one sentence each, for whoever deploys: names and forms, no values. */
export function complaintOf({ name, fault, form }: ConfigFault): string {
  return `${name} is ${fault}; it must be ${form}`;
}

type Table = typeof VARIABLES;
/** Undefined only where it may be missing and has no default. */
type Values = {
  [Name in VariableName]: Table[Name] extends { needed: 'always' } | { default: string }
    ? z.output<Table[Name]['schema']>
    : z.output<Table[Name]['schema']> | undefined;
};

/** Of an environment without faults. */
function valuesIn(env: object): Values {
  const entries = names().map((name) => {
    const { schema, default: text }: Variable = VARIABLES[name];
    const given = textOf(env, name) ?? text;
    return [name, given === undefined ? undefined : schema.parse(given)];
  });
  return Object.fromEntries(entries) as Values;
}

function names(): VariableName[] {
  return Object.keys(VARIABLES) as VariableName[];
}

/** An empty text is none: wrangler.toml names each variable, also those that are not used. */
function textOf(env: object, name: string): unknown {
  const value: unknown = Reflect.get(env, name);
  return value === '' || value === null ? undefined : value;
}
