/** The gateway's variables and secrets, checked once and named when they are wrong. */
import * as z from 'zod';
import type { DataApiConfig } from './app.ts';

const KEY_CHARS_MIN = 32;

const environmentSchema = z.object({
  /** `mongodb://…` or `mongodb+srv://…`; the first one needs no look-ups over HTTPS. */
  MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//),
  DATA_API_KEY: z.string().min(KEY_CHARS_MIN),
  DATA_API_DATA_SOURCE: z.string().min(1).default('mongodb-atlas'),
  DATA_API_DATABASE: z.string().min(1),
  /** Names, with commas between them. */
  DATA_API_COLLECTIONS: z.string().regex(/^[\w-]+(,[\w-]+)*$/),
  /** Such as `/app/shop-abcde/endpoint/data/v1`; empty answers below any path. */
  DATA_API_BASE_PATH: z
    .string()
    .regex(/^(\/[\w.-]+)*$/)
    .default(''),
  DATA_API_INSERTED_STATUS: z.enum(['200', '201']).default('200'),
  /** Where the object that holds the connection should live; one of Cloudflare's location hints. */
  DATA_API_LOCATION: z.string().default(''),
});

export interface GatewayConfig {
  api: DataApiConfig;
  mongodbUri: string;
  location: string | undefined;
}

/** @returns the names of the variables at fault instead where there are any. */
export function readGatewayConfig(env: object): GatewayConfig | { wrong: string[] } {
  const parsed = environmentSchema.safeParse(env);
  if (!parsed.success) {
    return { wrong: [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))] };
  }
  const given = parsed.data;
  return {
    api: {
      key: given.DATA_API_KEY,
      dataSource: given.DATA_API_DATA_SOURCE,
      database: given.DATA_API_DATABASE,
      collections: new Set(given.DATA_API_COLLECTIONS.split(',')),
      basePath: given.DATA_API_BASE_PATH || undefined,
      insertedStatus: given.DATA_API_INSERTED_STATUS === '201' ? 201 : 200,
    },
    mongodbUri: given.MONGODB_URI,
    location: given.DATA_API_LOCATION || undefined,
  };
}
