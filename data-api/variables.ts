/**
 * Every variable and secret of the gateway: what it means, what it must look like, and who uses it.
 * Validation, the messages and the shop's docs/configuration.md are made from it. Reads nothing itself.
 */
import * as z from 'zod';
import { LOCATIONS, type VariableTable } from './environment.ts';
import { RETURN_TYPES } from './protocol/return-type.ts';

const KEY_CHARS_MIN = 32;

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
  DATA_API_RETURN_TYPE: {
    kind: 'variable',
    needed: 'never',
    default: 'JSON',
    meaning: 'The form of answers where a request has no `Accept` that names one.',
    form: '`JSON` or `EJSON`',
    usedIn: ['data-api/app.ts'],
    schema: z.enum(RETURN_TYPES),
  },
  DATA_API_ALLOWED_ORIGINS: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'The origins whose pages may ask from a browser; without it, none. Everybody who sees such a page sees its key.',
    form: 'origins such as `https://shop.example` with commas between them, or `*`',
    usedIn: ['data-api/app.ts'],
    schema: z.string().regex(/^(?:\*|https?:\/\/[^\s/,]+(?:,https?:\/\/[^\s/,]+)*)$/),
  },
  DATA_API_LOCATION: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'Where the object lives that keeps the connection: the hint nearest to the cluster. Without it, near the first caller.',
    form: `one of ${LOCATIONS.map((location) => `\`${location}\``).join(', ')}`,
    usedIn: ['data-api/index.ts'],
    schema: z.enum(LOCATIONS),
  },
} as const satisfies VariableTable;
