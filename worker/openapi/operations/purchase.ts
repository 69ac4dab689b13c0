/** The purchase: a hold, and its two ends by hand. */
import { eventItemIdSchema, orderIdSchema } from '../../contract/ids.ts';
import { orderAnswerSchema, reserveSchema } from '../../contract/orders.ts';
import type { ProblemCode } from '../../contract/problems.ts';
import { EVENT_ITEM_ID, EXAMPLES, ORDER_ID } from './examples.ts';
import type { Operation } from './operation.ts';

const IN_THE_LINE: ProblemCode[] = ['idempotency_key_reused', 'rate_limited', 'busy'];

const order = { order_id: { schema: orderIdSchema, example: ORDER_ID } };

export const PURCHASE_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/purchase/{event_item_id}',
    operationId: 'reserve',
    tag: 'Purchase',
    summary: 'Reserve units of an event item',
    description:
      'Waits for its turn among the attempts on the event and is answered once it is decided. A hold is to be confirmed before it expires. Granted whole or refused whole. Without a key, a second attempt by the same customer on the same item returns the hold that is already theirs. Whoever tells the price that they were shown, and its currency, is given a hold at that price or `changed`; the same key with another price shown is another request.',
    caller: 'customer',
    params: { event_item_id: { schema: eventItemIdSchema, example: EVENT_ITEM_ID } },
    body: { schema: reserveSchema, example: { quantity: 1 }, optional: true },
    idempotent: true,
    answers: {
      201: {
        description: 'The units are held.',
        schema: orderAnswerSchema,
        example: EXAMPLES.orderHeld,
      },
    },
    problems: [
      'sold_out',
      'queue_ahead',
      'changed',
      'not_open',
      'closed',
      'email_unverified',
      'limit_reached',
      ...IN_THE_LINE,
    ],
  },
  {
    method: 'post',
    path: '/purchase/{order_id}/confirm',
    operationId: 'confirmOrder',
    tag: 'Purchase',
    summary: 'Confirm a hold',
    description:
      'After the hold has ended it still succeeds if a unit is free that nobody waits for. Confirming again is answered the same. An order that is paid online is confirmed by its payment and not by its customer.',
    caller: 'customer',
    params: order,
    idempotent: true,
    answers: {
      200: {
        description: 'The order is confirmed.',
        schema: orderAnswerSchema,
        example: EXAMPLES.orderConfirmed,
      },
    },
    problems: ['payment_required', 'hold_expired', 'order_cancelled', 'closed', ...IN_THE_LINE],
  },
  {
    method: 'post',
    path: '/purchase/{order_id}/cancel',
    operationId: 'cancelOrder',
    tag: 'Purchase',
    summary: 'Cancel a hold',
    description: 'The units are free for others at once. Cancelling again is answered the same.',
    caller: 'customer',
    params: order,
    idempotent: true,
    answers: {
      200: {
        description: 'The order is cancelled.',
        schema: orderAnswerSchema,
        example: EXAMPLES.orderCancelled,
      },
    },
    problems: ['hold_expired', 'order_confirmed', ...IN_THE_LINE],
  },
];
