/**
 * Every variable and secret of the gateway: what it means, what it must look like, and who uses it.
 * Validation, the messages and the shop's docs/configuration.md are made from it. Reads nothing itself.
 */
import * as z from 'zod';

export interface Variable {
  /** A secret is set by `wrangler secret put` or a secrets file, and never in wrangler.toml. */
  kind: 'secret' | 'variable';
  needed: 'always' | 'never';
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

const KEY_CHARS_MIN = 32;

/** Cloudflare's location hints for objects. */
const LOCATIONS = [
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

export const VARIABLES = {
  MONGODB_URI: {
    kind: 'secret',
    needed: 'always',
    meaning: 'The cluster. `mongodb://host1,host2` needs no look-ups over HTTPS.',
    form: 'mongodb://user:password@host/ or mongodb+srv://…',
    usedIn: ['data-api/mongo-object.ts'],
    schema: z.string().regex(/^mongodb(\+srv)?:\/\/[^\s/]+/),
  },
  DATA_API_KEY: {
    kind: 'secret',
    needed: 'always',
    meaning: 'What requests must show. The shop is given the same one.',
    form: `at least ${KEY_CHARS_MIN} printable characters without a space, such as \`openssl rand -base64 32\` makes them`,
    usedIn: ['data-api/app.ts'],
    schema: z.string().regex(new RegExp(`^[\\x21-\\x7e]{${KEY_CHARS_MIN},}$`)),
  },
  DATA_API_DATA_SOURCE: {
    kind: 'variable',
    needed: 'never',
    default: 'mongodb-atlas',
    meaning: 'What requests must name as `dataSource`.',
    form: 'a name of letters, digits, dots, dashes and underscores',
    usedIn: ['data-api/app.ts'],
    schema: z.string().regex(/^[\w.-]+$/),
  },
  DATA_API_DATABASE: {
    kind: 'variable',
    needed: 'always',
    meaning: 'The one database that may be reached.',
    form: 'a name without spaces, slashes, backslashes, dots, quotes and dollar signs',
    usedIn: ['data-api/app.ts', 'data-api/mongo-object.ts'],
    schema: z.string().regex(/^[^\s/\\."$]{1,63}$/),
  },
  DATA_API_COLLECTIONS: {
    kind: 'variable',
    needed: 'always',
    meaning: 'The collections that may be reached.',
    form: 'names with commas between them',
    usedIn: ['data-api/app.ts'],
    schema: z.string().regex(/^[\w-]+(,[\w-]+)*$/),
  },
  DATA_API_BASE_PATH: {
    kind: 'variable',
    needed: 'never',
    meaning: 'The path in front of `/action`; without it, any is answered.',
    form: 'a path such as `/app/shop-abcde/endpoint/data/v1`',
    usedIn: ['data-api/app.ts'],
    schema: z.string().regex(/^(\/[\w.-]+)+$/),
  },
  DATA_API_INSERTED_STATUS: {
    kind: 'variable',
    needed: 'never',
    default: '200',
    meaning: 'What inserts are answered with; 200 is described, 201 was sent.',
    form: '`200` or `201`',
    usedIn: ['data-api/app.ts'],
    schema: z.enum(['200', '201']),
  },
  DATA_API_LOCATION: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'Where the object lives that keeps the connection: the hint nearest to the cluster. Without it, near whoever asks first.',
    form: `one of ${LOCATIONS.map((location) => `\`${location}\``).join(', ')}`,
    usedIn: ['data-api/index.ts'],
    schema: z.enum(LOCATIONS),
  },
} as const satisfies Record<string, Variable>;

export type VariableName = keyof typeof VARIABLES;
export type LocationHint = (typeof LOCATIONS)[number];
