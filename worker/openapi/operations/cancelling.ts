/** Cancelling of events by admins. */
import { adminEventSchema } from '../../contract/administration.ts';
import { cancelEventSchema, cancelPreviewSchema } from '../../contract/cancellation.ts';
import { eventIdSchema } from '../../contract/ids.ts';
import { EVENT_ID, EXAMPLES, ORDER_ID, USER_ID } from './examples.ts';
import type { Operation } from './operation.ts';

const tag = 'Administration';
const params = { id: { schema: eventIdSchema, example: EVENT_ID } };
const at = '2026-11-27T09:59:58.000Z';
const reason = 'The hall was flooded';

export const CANCEL_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/admin/events/{id}/cancel',
    operationId: 'previewCancel',
    tag,
    summary: 'Read what cancelling an event would end and give back',
    caller: 'admin',
    params,
    answers: {
      200: {
        description: 'As it stands now.',
        schema: cancelPreviewSchema,
        example: {
          orders: 200,
          holds: 3,
          waiting: 12,
          amounts: [{ currency: 'EUR', amountCents: 4_980_000 }],
          serverNow: at,
        },
      },
    },
  },
  {
    method: 'post',
    path: '/admin/events/{id}/cancel',
    operationId: 'cancelEvent',
    versioned: true,
    tag,
    summary: 'Cancel an event for good and give everything back',
    description:
      'It is closed at once: it is not edited, opened again or given stock after that, which is refused with event_cancelled. What follows is worked off soon after the answer: holds and queue entries end, orders are refunded in full, or given back where they cost nothing, and everybody is told by mail. Its draw is given up before its round is due; from then on it is refused with draw_due until it is drawn, or the beacon was silent for an hour. Cancelling again changes nothing, not even the reason, and is answered with how far that has come.',
    caller: 'admin',
    params,
    body: { schema: cancelEventSchema, example: { reason } },
    problems: ['draw_due'],
    answers: {
      202: {
        description: 'The event, with how far what follows has come.',
        schema: adminEventSchema,
        example: {
          ...EXAMPLES.adminEvent,
          status: 'closed',
          closedAt: at,
          cancelledAt: at,
          cancellation: {
            reason,
            at,
            by: { id: USER_ID, name: 'Grace' },
            orders: 200,
            units: 230,
            givenBack: [{ currency: 'EUR', amountCents: 3_735_000 }],
            refunded: 150,
            open: 49,
            failed: 1,
            failedOrders: [{ id: ORDER_ID, number: EXAMPLES.order.number }],
            isDone: true,
            doneAt: null,
          },
        },
      },
    },
  },
];
