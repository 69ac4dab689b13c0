/** Where orders are delivered to, and the address that an account keeps. */

import { profileAddressSchema } from '../../contract/address.ts';
import { addressChangeSchema, orderAddressInputSchema } from '../../contract/address-input.ts';
import { orderIdSchema } from '../../contract/ids.ts';
import { orderAnswerSchema } from '../../contract/orders.ts';
import { ADDRESS } from './delivery-examples.ts';
import { EXAMPLES, ORDER_ID } from './examples.ts';
import type { Operation } from './operation.ts';

const tag = 'Profile';

export const ADDRESS_OPERATIONS: Operation[] = [
  {
    method: 'put',
    path: '/purchase/{order_id}/address',
    operationId: 'setOrderAddress',
    tag: 'Purchase',
    summary: 'Say where an order is delivered to',
    description:
      'While it is held, and once it was confirmed until it was sent. Another address on which it costs something else ends a payment page that is open; once it was confirmed it is refused with `address_fixed`. Parts that an address must have there are told in `errors`, as `address.postalCode`.',
    caller: 'customer',
    params: { order_id: { schema: orderIdSchema, example: ORDER_ID } },
    body: { schema: orderAddressInputSchema, example: { address: ADDRESS } },
    answers: {
      200: {
        description: 'The order as it is now.',
        schema: orderAnswerSchema,
        example: EXAMPLES.orderConfirmed,
      },
    },
    problems: [
      'not_delivered_there',
      'no_address_needed',
      'address_fixed',
      'already_sent',
      'hold_expired',
      'order_cancelled',
    ],
  },
  {
    method: 'get',
    path: '/profile/address',
    operationId: 'getOwnAddress',
    tag,
    summary: 'The address that the caller’s account keeps',
    description: 'It is taken for an order that needs one and for which none was said.',
    caller: 'customer',
    answers: {
      200: {
        description: 'The address, or null.',
        schema: profileAddressSchema,
        example: { address: ADDRESS },
      },
    },
  },
  {
    method: 'put',
    path: '/profile/address',
    operationId: 'setOwnAddress',
    tag,
    summary: 'Keep an address with the caller’s account',
    description: 'Orders for which somebody said an address, or began to pay, keep theirs.',
    caller: 'customer',
    body: { schema: addressChangeSchema, example: { address: ADDRESS } },
    answers: {
      200: {
        description: 'The address as it is kept.',
        schema: profileAddressSchema,
        example: { address: ADDRESS },
      },
    },
  },
  {
    method: 'delete',
    path: '/profile/address',
    operationId: 'deleteOwnAddress',
    tag,
    summary: 'Erase the address that the caller’s account keeps',
    description: 'Those of orders stay.',
    caller: 'customer',
    answers: { 204: { description: 'Done.' } },
  },
];
