/** Configuration: the Worker's variables and secrets, checked once, named when they are wrong. */
import * as z from 'zod';
import { SCRYPT_COST_DEFAULT, scryptCostSchema } from './auth/scrypt-cost.ts';

const JWT_SECRET_CHARS_MIN = 32;
const EVERYDAY_LOG_SHARE_DEFAULT = 0.01;

/** An origin exactly as a browser sends it: no path, no default port, no wildcard. */
const originSchema = z
  .string()
  .refine((text) => /^https?:\/\/[^*]+$/.test(text) && originOf(text) === text);

const environmentSchema = z.object({
  /** `postgres://user:password@host/database`, as Neon gives it. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  /** Where the SQL-over-HTTP endpoint is, if not at Neon's own address. */
  DATABASE_ENDPOINT: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).optional(),
  /** The Data API in front of MongoDB, up to `/action`; without one there are no reviews. */
  DATA_API_URL: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).optional(),
  DATA_API_KEY: z.string().optional(),
  DATA_API_DATA_SOURCE: z.string().min(1).default('mongodb-atlas'),
  DATA_API_DATABASE: z.string().min(1).default('swiftdrop'),
  /** Signs access tokens (HS256). */
  JWT_SECRET: z.string().min(JWT_SECRET_CHARS_MIN),
  /** The secret before it, still accepted while tokens that it signed are about. */
  JWT_SECRET_PREVIOUS: z.union([z.literal(''), z.string().min(JWT_SECRET_CHARS_MIN)]).optional(),
  /** `on` or `off`: off where everybody shares one address, as on a developer's machine. */
  ADDRESS_LIMITS: z.enum(['on', 'off']).default('on'),
  /**
   * `on` or `off`: whether requests of one isolate may wait for each other's calls, see handover.ts.
   * Off costs speed and nothing else.
   */
  SHARED_CALLS: z.enum(['on', 'off']).default('on'),
  /** Origins whose pages may call the API, comma-separated, as `https://shop.example`. */
  ALLOWED_ORIGINS: z.string().transform(originsIn).pipe(z.array(originSchema)).default([]),
  /** Of reads that were answered and purchases that ended by the rules, how many the log tells of. */
  LOG_EVERYDAY_SHARE: z
    .string()
    .regex(/^(0(\.\d{1,6})?|1(\.0{1,6})?)$/)
    .transform(Number)
    .default(EVERYDAY_LOG_SHARE_DEFAULT),
  /** What whoever scrapes /api/v1/metrics must show; without it there is no such route. */
  METRICS_TOKEN: z.union([z.literal(''), z.string().regex(/^[\w.~+/=-]{32,}$/)]).optional(),
  /** `N:r:p`; raising it rehashes each password at its next login. */
  SCRYPT_COST: scryptCostSchema.default(SCRYPT_COST_DEFAULT),
});

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
  scryptCost: z.infer<typeof scryptCostSchema>;
  everydayLogShare: number;
  metricsToken: string | undefined;
}

/** Variables that are missing or malformed, by name and never by value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly variables: string[];

  constructor(variables: string[]) {
    super(`missing or malformed: ${variables.join(', ')}`);
    this.variables = variables;
  }
}

/** @throws ConfigError naming every variable at fault. */
export function readConfig(env: object): Config {
  const parsed = environmentSchema.safeParse(env);
  if (!parsed.success) {
    throw new ConfigError([...new Set(parsed.error.issues.map(({ path }) => String(path[0])))]);
  }
  if (parsed.data.DATA_API_URL && !parsed.data.DATA_API_KEY) {
    throw new ConfigError(['DATA_API_KEY']);
  }
  return {
    databaseUrl: parsed.data.DATABASE_URL,
    databaseEndpoint: parsed.data.DATABASE_ENDPOINT || undefined,
    dataApi: readDataApi(parsed.data),
    jwtSecret: parsed.data.JWT_SECRET,
    jwtSecretPrevious: parsed.data.JWT_SECRET_PREVIOUS || undefined,
    addressLimits: parsed.data.ADDRESS_LIMITS === 'on',
    sharedCalls: parsed.data.SHARED_CALLS === 'on',
    allowedOrigins: new Set(parsed.data.ALLOWED_ORIGINS),
    scryptCost: parsed.data.SCRYPT_COST,
    everydayLogShare: parsed.data.LOG_EVERYDAY_SHARE,
    metricsToken: parsed.data.METRICS_TOKEN || undefined,
  };
}

function originsIn(text: string): string[] {
  return text
    .split(',')
    .map((origin) => origin.trim())
    .filter((origin) => origin !== '');
}

function originOf(text: string): string | undefined {
  return URL.canParse(text) ? new URL(text).origin : undefined;
}

function readDataApi(given: z.infer<typeof environmentSchema>): Config['dataApi'] {
  const { DATA_API_URL: url, DATA_API_KEY: key } = given;
  if (!url || !key) return undefined;
  return {
    url,
    key,
    dataSource: given.DATA_API_DATA_SOURCE,
    database: given.DATA_API_DATABASE,
  };
}
