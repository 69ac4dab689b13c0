/** Paying for an order, and what the payment provider tells. */
import * as z from 'zod';
import { payInputSchema } from '../../contract/address-input.ts';
import { orderIdSchema } from '../../contract/ids.ts';
import { orderAnswerSchema } from '../../contract/orders.ts';
import { paymentAnswerSchema } from '../../contract/payments.ts';
import { ADDRESS } from './delivery-examples.ts';
import { EXAMPLES, ORDER_ID } from './examples.ts';
import type { Operation } from './operation.ts';

const order = { order_id: { schema: orderIdSchema, example: ORDER_ID } };
const empty = { schema: z.strictObject({}), example: {}, optional: true };

export const PAYMENT_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/purchase/{order_id}/pay',
    operationId: 'payForOrder',
    tag: 'Purchase',
    summary: 'Begin to pay for a hold',
    description:
      'Answers where the customer pays: a page of the payment provider, which leads back to `/orders/{order_id}` with `?payment=returned` or `?payment=cancelled`. What is delivered needs an address: the one that is sent, else the one that is kept with the order, else with the account. The same page while one can pay there, unless another address makes the order cost something else, also after a card was declined; another one where it ended. The money is only reserved there. It is taken once the order is confirmed, and released where it cannot be. Where the provider is away the call is answered `unavailable`, and goes on when it is sent again.',
    caller: 'customer',
    params: order,
    body: { schema: payInputSchema, example: { address: ADDRESS }, optional: true },
    answers: {
      200: {
        description: 'Where to pay; `redirectUrl` is null where it is paid already.',
        schema: paymentAnswerSchema,
        example: {
          payment: {
            id: 'pay_0123456789ab_01kb8c50000h7pqrst',
            status: 'open',
            redirectUrl: 'https://checkout.stripe.com/c/pay/cs_live_a1b2c3',
            expiresAt: '2026-11-27T10:04:57.412Z',
          },
          serverNow: '2026-11-27T09:59:58.000Z',
        },
      },
    },
    problems: [
      'address_required',
      'not_delivered_there',
      'hold_expired',
      'order_confirmed',
      'order_cancelled',
      'no_payment_provider',
      'no_payment_due',
      'amount_not_payable',
    ],
  },
  {
    method: 'post',
    path: '/purchase/{order_id}/payment',
    operationId: 'lookAtPayment',
    tag: 'Purchase',
    summary: 'Look what became of a payment',
    description:
      'For whoever comes back from the page of the payment provider: asks the provider, at most once a second for each order, and confirms the order if it was paid. The provider tells the shop by itself too, so nothing is lost without this call.',
    caller: 'customer',
    params: order,
    body: empty,
    answers: {
      200: {
        description: 'The order as it is now.',
        schema: orderAnswerSchema,
        example: EXAMPLES.orderConfirmed,
      },
    },
    problems: ['no_payment_provider'],
  },
  {
    method: 'post',
    path: '/payments/stripe/webhook',
    operationId: 'reportPaymentEvent',
    tag: 'Service',
    summary: 'Take an event of Stripe',
    description:
      'Signed as Stripe does it; what is not, or is older than five minutes, is `malformed`. A shop without the provider’s secret has no such address. The event is stored before it is answered, and worked off afterwards: what it is about is asked for, and its content is not believed.',
    caller: 'payment_provider',
    body: {
      schema: z.looseObject({
        id: z.string(),
        type: z.string(),
        created: z.int(),
        data: z.looseObject({ object: z.looseObject({}) }),
      }),
      example: {
        id: 'evt_1RgZ4yLkdIwHu7ix',
        type: 'checkout.session.completed',
        created: 1_795_773_598,
        data: { object: { object: 'checkout.session', id: 'cs_live_a1b2c3' } },
      },
    },
    answers: { 200: { description: 'The event is stored.' } },
    problems: ['not_found'],
  },
];
