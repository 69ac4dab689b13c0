/** Configuration: the Worker's variables and secrets, checked once, named when they are wrong. */
import type * as z from 'zod';
import type { ScryptCost } from './auth/scrypt-cost.ts';
import { type LocationHint, VARIABLES, type Variable, type VariableName } from './variables.ts';

export interface Config {
  databaseUrl: string;
  databaseEndpoint: string | undefined;
  /** Undefined where no MongoDB is configured: the shop sells without one. */
  dataApi: { url: string; key: string; dataSource: string; database: string } | undefined;
  jwtSecret: string;
  jwtSecretPrevious: string | undefined;
  addressLimits: boolean;
  sharedCalls: boolean;
  /** Empty: the API is for pages of its own origin. */
  allowedOrigins: ReadonlySet<string>;
  scryptCost: ScryptCost;
  /** Of reads that were answered and purchases that ended by the rules, how many the log tells of: 0 to 1. */
  everydayLogShare: number;
  /** What whoever scrapes the metrics must show; without it there is no such route. */
  metricsToken: string | undefined;
  /** How an event's objects are got: with a hint where there is one. */
  placement: { locationHint?: LocationHint };
}

/** What is wrong with one variable, or with a binding of the Worker. Holds no value. */
export interface ConfigFault {
  name: string;
  fault: 'missing' | 'malformed';
  /** What it must be. */
  form: string;
}

/** Variables that are missing or malformed, by name and never by value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly faults: ConfigFault[];

  constructor(faults: ConfigFault[]) {
    super(`missing or malformed: ${faults.map(({ name }) => name).join(', ')}`);
    this.faults = faults;
  }
}

/** @throws ConfigError naming every variable at fault. */
export function readConfig(env: object): Config {
  const faults = faultsOf(env);
  if (faults.length > 0) throw new ConfigError(faults);
  const given = valuesIn(env);
  const location = given.EVENT_LOCATION;
  return {
    databaseUrl: given.DATABASE_URL,
    databaseEndpoint: given.DATABASE_ENDPOINT,
    dataApi: dataApiOf(given),
    jwtSecret: given.JWT_SECRET,
    jwtSecretPrevious: given.JWT_SECRET_PREVIOUS,
    addressLimits: given.ADDRESS_LIMITS === 'on',
    sharedCalls: given.SHARED_CALLS === 'on',
    allowedOrigins: new Set(given.ALLOWED_ORIGINS),
    scryptCost: given.SCRYPT_COST,
    placement: location === undefined ? {} : { locationHint: location },
    everydayLogShare: given.LOG_EVERYDAY_SHARE,
    metricsToken: given.METRICS_TOKEN,
  };
}

/** What is wrong with an environment, in the order of the table; empty where nothing is. */
export function faultsOf(env: object): ConfigFault[] {
  return names().flatMap((name): ConfigFault[] => {
    const { needed, form, schema }: Variable = VARIABLES[name];
    const text = textOf(env, name);
    if (text !== undefined) {
      return schema.safeParse(text).success ? [] : [{ name, fault: 'malformed', form }];
    }
    const isNeeded =
      typeof needed === 'object' ? textOf(env, needed.with) !== undefined : needed === 'always';
    return isNeeded ? [{ name, fault: 'missing', form }] : [];
  });
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

function dataApiOf(given: Values): Config['dataApi'] {
  const { DATA_API_URL: url, DATA_API_KEY: key } = given;
  if (url === undefined || key === undefined) return undefined;
  const { DATA_API_DATA_SOURCE: dataSource, DATA_API_DATABASE: database } = given;
  return { url, key, dataSource, database };
}
