/** The variables of the Data API in front of MongoDB; part of the table in variables.ts. Reads nothing itself. */
import * as z from 'zod';
import type { VariableTable } from '../../data-api/environment.ts';

const NAME_CHARS_MAX = 63;

const name = z.string().regex(new RegExp(`^[\\w.-]{1,${NAME_CHARS_MAX}}$`));

export const DATA_API_VARIABLES = {
  DATA_API_URL: {
    kind: 'variable',
    needed: 'never',
    meaning:
      'Where the Data API in front of MongoDB answers, up to `/action`; without it the shop has no reviews.',
    form: 'an http or https address',
    usedIn: ['worker/stores/documents/data-api-client.ts'],
    schema: z.url({ protocol: /^https?$/ }),
  },
  DATA_API_KEY: {
    kind: 'secret',
    needed: { with: 'DATA_API_URL' },
    meaning: 'The key that the Data API asks for: the same in both Workers.',
    form: 'printable characters without a space',
    usedIn: ['worker/stores/documents/data-api-client.ts'],
    schema: z.string().regex(/^[\x21-\x7e]+$/),
  },
  DATA_API_DATA_SOURCE: {
    kind: 'variable',
    needed: 'never',
    default: 'mongodb-atlas',
    meaning: 'The `dataSource` that each request to the Data API names.',
    form: `a name of up to ${NAME_CHARS_MAX} letters, digits, dots, dashes and underscores`,
    usedIn: ['worker/stores/documents/data-api-client.ts'],
    schema: name,
  },
  DATA_API_DATABASE: {
    kind: 'variable',
    needed: 'never',
    default: 'swiftdrop',
    meaning: 'The database with reviews and discussion.',
    form: `a name of up to ${NAME_CHARS_MAX} letters, digits, dots, dashes and underscores`,
    usedIn: ['worker/stores/documents/data-api-client.ts'],
    schema: name,
  },
} as const satisfies VariableTable;
