/** What the environment says about the shop on this machine. Reads nothing but the environment. */
import { resolve } from 'node:path';
import { DRAW_VARIABLES } from '../worker/config/draw-variables.ts';
import { VARIABLES } from '../worker/config/variables.ts';
import { UserError } from './user-error.ts';

const PORT_DEFAULT = 8787;
const PORT_MAX = 65_535;
const DATA_FOLDER_DEFAULT = '.data';
const LOOPBACK_HOSTS = new Set(['', 'localhost', '127.0.0.1', '[::1]', '::1']);

export interface LocalSettings {
  port: number;
  /** Absolute path of the folder with the local data. */
  dataFolder: string;
  /** A Postgres to use instead of the embedded one. */
  databaseUrl: string | undefined;
  /** A MongoDB to use instead of the embedded documents. */
  mongodbUri: string | undefined;
  /** Further hosts under which the shop answers, beside those of this machine. */
  allowedHosts: string | undefined;
  /** The token that a request for the metrics must show; without it none is answered. */
  metricsToken: string | undefined;
  /** What decides the order of draws, as the Worker is told; empty for its defaults. */
  draw: Record<string, string>;
}

/** @throws UserError naming the variable at fault. */
export function readSettings(env: NodeJS.ProcessEnv): LocalSettings {
  return {
    port: readPort(env['PORT']),
    dataFolder: resolve(env['SWIFTDROP_DATA'] || DATA_FOLDER_DEFAULT),
    databaseUrl: readDatabaseUrl(env['DATABASE_URL']),
    mongodbUri: readMongodbUri(env['MONGODB_URI']),
    allowedHosts: readAllowedHosts(env['ALLOWED_HOSTS']),
    metricsToken: readMetricsToken(env['METRICS_TOKEN']),
    draw: {
      ...readDraw('DRAW_BEACON', env['DRAW_BEACON']),
      ...readDraw('DRAW_RELAYS', env['DRAW_RELAYS']),
      ...readDraw('DRAW_LEAD_SECONDS', env['DRAW_LEAD_SECONDS']),
    },
  };
}

/** Whether a Postgres runs on this machine, where sample data and a known password do no harm. */
export function isLoopback(databaseUrl: string): boolean {
  return LOOPBACK_HOSTS.has(new URL(databaseUrl).hostname);
}

/** Whether the database is another machine's, whose Workers work off its outbox. */
export function isDatabaseShared({ databaseUrl }: Pick<LocalSettings, 'databaseUrl'>): boolean {
  return databaseUrl !== undefined && !isLoopback(databaseUrl);
}

function readPort(text: string | undefined): number {
  if (!text) return PORT_DEFAULT;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > PORT_MAX) {
    throw new UserError(`PORT is "${text}"; it must be a whole number from 1 to ${PORT_MAX}.`);
  }
  return port;
}

function readDatabaseUrl(text: string | undefined): string | undefined {
  if (!text) return undefined;
  if (!URL.canParse(text) || !/^postgres(ql)?:$/.test(new URL(text).protocol)) {
    // Not repeated here: it may hold a password.
    throw new UserError('DATABASE_URL must look like postgres://user:password@host/database.');
  }
  return text;
}

function readMongodbUri(text: string | undefined): string | undefined {
  if (!text) return undefined;
  // Not repeated here either, and not parsed: it may name several hosts.
  if (!/^mongodb(\+srv)?:\/\/./.test(text)) {
    throw new UserError('MONGODB_URI must look like mongodb://user:password@host/database.');
  }
  return text;
}

function readAllowedHosts(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const { form, schema } = VARIABLES.ALLOWED_HOSTS;
  if (schema.safeParse(text).success) return text;
  throw new UserError(`ALLOWED_HOSTS is "${text}"; it must be ${form.replaceAll('`', '')}.`);
}

function readMetricsToken(text: string | undefined): string | undefined {
  if (!text) return undefined;
  const { form, schema } = VARIABLES.METRICS_TOKEN;
  // Nor here: it is a secret.
  if (!schema.safeParse(text).success) throw new UserError(`METRICS_TOKEN must be ${form}.`);
  return text;
}

function readDraw(name: keyof typeof DRAW_VARIABLES, text: string | undefined) {
  if (!text) return {};
  const { form, schema } = DRAW_VARIABLES[name];
  if (schema.safeParse(text).success) return { [name]: text };
  throw new UserError(`${name} is "${text}"; it must be ${form.replaceAll('`', '')}.`);
}
