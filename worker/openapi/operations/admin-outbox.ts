/** What admins do with the outbox. */
import {
  outboxIdSchema,
  outboxListSchema,
  outboxQuerySchema,
  outboxRowSchema,
} from '../../contract/outbox-list.ts';
import {
  paymentAttentionQuerySchema,
  paymentAttentionSchema,
} from '../../contract/payment-attention.ts';
import type { Operation } from './operation.ts';
import { OUTBOX_EXAMPLES, OUTBOX_ID } from './outbox-examples.ts';

const tag = 'Administration';

export const ADMIN_OUTBOX_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/admin/outbox',
    operationId: 'listOutbox',
    tag,
    summary: 'List what the shop has to do in the world outside, such as mails, newest first',
    description:
      'Narrowed by outcome, which is waiting for what has not ended, and by kind. Rows are kept for 7 days after their end, those that were given up for 30.',
    caller: 'admin',
    query: outboxQuerySchema,
    answers: {
      200: {
        description: 'One page of the outbox.',
        schema: outboxListSchema,
        example: OUTBOX_EXAMPLES.list,
      },
    },
  },
  {
    method: 'get',
    path: '/admin/outbox/payments',
    operationId: 'countPaymentAttention',
    tag,
    summary: 'Count the payments that an admin should look at, of one event or of all',
    caller: 'admin',
    query: paymentAttentionQuerySchema,
    answers: {
      200: {
        description: 'How many there are.',
        schema: paymentAttentionSchema,
        example: OUTBOX_EXAMPLES.attention,
      },
    },
  },
  {
    method: 'post',
    path: '/admin/outbox/{id}/retry',
    operationId: 'retryOutboxRow',
    tag,
    summary: 'Have something that was given up tried again',
    description:
      'It is due at once, and has all its tries again. A receiver that knows its key does it once.',
    caller: 'admin',
    params: { id: { schema: outboxIdSchema, example: OUTBOX_ID } },
    answers: {
      200: {
        description: 'The row as it waits now.',
        schema: outboxRowSchema,
        example: OUTBOX_EXAMPLES.row,
      },
    },
    problems: ['not_given_up'],
  },
];
