/** What an owner takes away of the account, and its end. */
import { accountDeletionSchema, ownDataSchema } from '../../contract/own-data.ts';
import type { Operation } from './operation.ts';
import { OWN_DATA_EXAMPLE } from './own-data-examples.ts';

export const OWN_DATA_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/profile/data',
    operationId: 'downloadOwnData',
    tag: 'Profile',
    summary: 'Download all that is kept about the caller',
    description:
      'Where a list has more entries than one download takes along, incomplete names it. Where the store of reviews is away, nothing is answered instead of a part. A few times an hour.',
    caller: 'customer',
    answers: {
      200: {
        description: 'All that is kept, as a file.',
        schema: ownDataSchema,
        example: OWN_DATA_EXAMPLE,
        headers: ['Content-Disposition'],
      },
    },
  },
  {
    method: 'delete',
    path: '/profile',
    operationId: 'deleteAccount',
    tag: 'Profile',
    summary: 'Delete the caller’s account',
    description:
      'Ends every login and all that is held at once. The orders stay without the person, and so do ratings; what the person wrote is erased. A mail says so to the address.',
    caller: 'customer',
    body: { schema: accountDeletionSchema, example: { password: 'correct horse' } },
    answers: {
      202: {
        description: 'The account has ended; what is left of it is erased soon.',
        headers: ['Set-Cookie'],
      },
      204: { description: 'The account is gone.', headers: ['Set-Cookie'] },
    },
    problems: ['invalid_credentials', 'last_admin', 'busy'],
  },
];
