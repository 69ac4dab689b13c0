/** What admins print of orders. */
import { slipsAnswerSchema, slipsWishSchema } from '../../contract/order-slips.ts';
import { EXAMPLES, ORDER_ID } from './examples.ts';
import type { Operation } from './operation.ts';

const [LISTED_ORDER] = EXAMPLES.adminOrderList.orders;

export const ORDER_SLIP_OPERATIONS: Operation[] = [
  {
    method: 'post',
    path: '/admin/orders/slips',
    operationId: 'readOrderSlips',
    tag: 'Administration',
    summary: 'Read what goes into the parcels of several orders, to be printed',
    description:
      'Of confirmed orders of which a unit is left; others are left out. As they have addresses, each is in the audit log.',
    caller: 'admin',
    body: { schema: slipsWishSchema, example: { ids: [ORDER_ID] } },
    answers: {
      200: {
        description: 'The slips.',
        schema: slipsAnswerSchema,
        example: {
          shopName: 'Lamp Shop',
          slips: [
            {
              id: ORDER_ID,
              number: LISTED_ORDER?.number,
              eventTitle: 'Friday’s lamps',
              itemName: 'Desk lamp',
              variantLabel: null,
              units: 1,
              customerName: 'Grace',
              language: 'en',
              address: null,
              boughtAt: EXAMPLES.adminOrderList.serverNow,
              unitPriceCents: 12_900,
              currency: 'EUR',
              totalCents: 12_900,
              totals: {
                lines: [{ kind: 'items', amountCents: 12_900, included: false }],
                totalCents: 12_900,
              },
            },
          ],
          serverNow: EXAMPLES.adminOrderList.serverNow,
        },
      },
    },
  },
];
