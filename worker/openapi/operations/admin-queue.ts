/** What admins do with the queue of an event: look entries up, and disqualify one. */
import { eventIdSchema, queueEntryIdSchema } from '../../contract/ids.ts';
import {
  adminQueueAnswerSchema,
  adminQueueQuerySchema,
  adminQueueSchema,
  disqualifySchema,
} from '../../contract/queue-administration.ts';
import { ADMIN_QUEUE_ENTRY_ID, ADMIN_QUEUE_EXAMPLES } from './admin-queue-examples.ts';
import { EVENT_ID } from './examples.ts';
import type { Operation } from './operation.ts';

const tag = 'Administration';

export const ADMIN_QUEUE_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/admin/events/{id}/queue',
    operationId: 'listQueueEntries',
    tag,
    summary: 'List the queue entries of an event, those that wait first',
    description:
      'Those that wait are in the order of their ranks, the others in the order in which they came. An entry that ends, or is drawn, while pages are read may be listed again; none is left out. A page goes through a limited number of entries: with few that match among many, it may have fewer than limit, or none, and a nextCursor. Narrowed by email or customerId, of one customer; by entryId; and by status. What was entered for a sale that is over is closed, until the sale is opened again.',
    caller: 'admin',
    params: { id: { schema: eventIdSchema, example: EVENT_ID } },
    query: adminQueueQuerySchema,
    answers: {
      200: {
        description: 'One page of entries.',
        schema: adminQueueSchema,
        example: ADMIN_QUEUE_EXAMPLES.list,
      },
    },
  },
  {
    method: 'post',
    path: '/admin/queue/{id}/disqualify',
    operationId: 'disqualifyEntry',
    tag,
    summary: 'Skip an entry that waits',
    description:
      'It keeps its rank and is never served. Its customer is told that it was disqualified; the reason that is sent is kept in the audit log. Doing it again changes nothing; an entry that was offered, left or skipped for another reason is refused with not_waiting.',
    caller: 'admin',
    params: { id: { schema: queueEntryIdSchema, example: ADMIN_QUEUE_ENTRY_ID } },
    body: { schema: disqualifySchema, example: ADMIN_QUEUE_EXAMPLES.disqualification },
    answers: {
      200: {
        description: 'The entry.',
        schema: adminQueueAnswerSchema,
        example: ADMIN_QUEUE_EXAMPLES.disqualified,
      },
    },
    problems: ['not_waiting'],
  },
];
