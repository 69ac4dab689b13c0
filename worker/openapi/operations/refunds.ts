/** What admins give back of an order's money. */
import { orderIdSchema } from '../../contract/ids.ts';
import { refundOrderSchema } from '../../contract/payments.ts';
import { refundAnswerSchema } from '../../contract/refunds.ts';
import { EXAMPLES, ORDER_ID } from './examples.ts';
import type { Operation } from './operation.ts';

const serverNow = '2026-11-27T09:59:58.000Z';
const REFUND = {
  id: 'ref_0123456789ab_01kb8c4zj0h7pqrstv',
  status: 'pending',
  amountCents: 12_900,
  restockUnits: 1,
  reason: 'Arrived broken',
  createdAt: serverNow,
};

export const REFUND_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/admin/orders/{id}/refund',
    operationId: 'refundOrder',
    tag: 'Administration',
    summary: 'Give money of an order back, and units of it back on sale',
    description:
      'Without an amount: the price of the units that are named, or else all that is left. It needs an Idempotency-Key, since two refunds of the same amount are two: the same request with the same key is answered as the first one was for 24 hours, and decides nothing more after them. The provider is asked soon after the answer. All of a payment that was not captured yet is not taken at all instead. Units of a sale that is over go back, and are not sold.',
    caller: 'admin',
    params: { id: { schema: orderIdSchema, example: ORDER_ID } },
    body: {
      schema: refundOrderSchema,
      example: { amountCents: 12_900, restockUnits: 1, reason: 'Arrived broken' },
    },
    idempotent: true,
    answers: {
      201: {
        description: 'The refund, and the order as it was then.',
        schema: refundAnswerSchema,
        example: { refund: REFUND, order: EXAMPLES.order, serverNow },
      },
    },
    problems: ['idempotency_key_reused', 'order_not_paid', 'payment_disputed', 'refund_too_large'],
  },
];
