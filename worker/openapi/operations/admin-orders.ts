/** What admins read of orders, and write down of them after they were sold. */
import * as z from 'zod';
import { addressChangeSchema } from '../../contract/address-input.ts';
import {
  adminOrderListQuerySchema,
  adminOrderListSchema,
  unsentExportQuerySchema,
} from '../../contract/administration.ts';
import { orderIdSchema } from '../../contract/ids.ts';
import {
  markAllSentSchema,
  markSentSchema,
  ORDER_MAILS_PER_HOUR_MAX,
  orderMailAnswerSchema,
  orderMailSchema,
  orderNoteSchema,
  sentAnswerSchema,
} from '../../contract/order-desk.ts';
import { adminOrderDetailSchema } from '../../contract/order-story.ts';
import { ADDRESS } from './delivery-examples.ts';
import { EXAMPLES, ORDER_ID, USER_ID } from './examples.ts';
import type { Operation, SuccessAnswer } from './operation.ts';

const tag = 'Administration';
const orderParams = { id: { schema: orderIdSchema, example: ORDER_ID } };
const trackingUrl = 'https://parcels.example/track/00340434161094042557';

const [LISTED_ORDER] = EXAMPLES.adminOrderList.orders;
const ORDER_EXAMPLE = {
  ...LISTED_ORDER,
  address: null,
  refundable: null,
  disputes: [],
  note: 'Leaves the parcel with a neighbour.',
  story: [
    {
      at: '2026-11-27T09:59:57.000Z',
      what: 'reserved',
      by: { kind: 'customer', id: USER_ID, name: 'Grace' },
      amountCents: null,
      units: null,
      reason: null,
    },
  ],
  serverNow: EXAMPLES.adminOrderList.serverNow,
};

const theOrder: SuccessAnswer = {
  description: 'The order.',
  schema: adminOrderDetailSchema,
  example: ORDER_EXAMPLE,
};

export const ADMIN_ORDER_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/admin/orders',
    operationId: 'listAdminOrders',
    tag,
    summary: 'List all orders, newest first',
    description:
      'Narrowed by what is asked for. Where much has to be looked through, a page may have fewer orders than its limit and a nextCursor: more may be found behind it.',
    caller: 'admin',
    query: adminOrderListQuerySchema,
    answers: {
      200: {
        description: 'One page of orders.',
        schema: adminOrderListSchema,
        example: EXAMPLES.adminOrderList,
      },
    },
  },
  {
    method: 'post',
    path: '/admin/orders/sent',
    operationId: 'markOrdersSent',
    tag,
    summary: 'Say of several orders that they were sent',
    description: 'As of one of them. Those that cannot be sent are named and stay as they are.',
    caller: 'admin',
    body: { schema: markAllSentSchema, example: { ids: [ORDER_ID], trackingUrl } },
    answers: {
      200: {
        description: 'How each ended.',
        schema: sentAnswerSchema,
        example: {
          sent: [ORDER_ID],
          sentBefore: [],
          refused: [],
          serverNow: EXAMPLES.adminOrderList.serverNow,
        },
      },
    },
  },
  {
    method: 'get',
    path: '/admin/orders/to-send.csv',
    operationId: 'exportUnsentOrders',
    tag,
    summary: 'Take away the orders that are to be sent as CSV, for whoever carries them',
    description:
      'Confirmed orders that were not sent, of one event or of all; not those of events that need no address, unless there is one. The cells of an address that is missing are empty, and the name is that of the account. Written as it is read. A file that breaks off is not whole; after, the last order that it has, goes on from there. New columns are added at the end.',
    caller: 'admin',
    query: unsentExportQuerySchema,
    answers: {
      200: {
        description: 'A line per order, the oldest first.',
        schema: z.string(),
        mediaType: 'text/csv',
        example:
          'order_number,name,company,line1,line2,postal_code,city,region,country,phone,email,units,item,variant,event,reserved_at,order_id\r\n',
        headers: ['Content-Disposition'],
      },
    },
    problems: ['not_found'],
  },
  {
    method: 'get',
    path: '/admin/orders/{id}',
    operationId: 'getAdminOrder',
    tag,
    summary: 'Read an order with all that happened to it',
    caller: 'admin',
    params: orderParams,
    answers: { 200: theOrder },
  },
  {
    method: 'post',
    path: '/admin/orders/{id}/sent',
    operationId: 'markOrderSent',
    tag,
    summary: 'Say that an order was sent',
    description:
      'Confirmed orders only, of which a unit is left that was not given back; an order whose payment failed has none. Doing it again changes the link only.',
    caller: 'admin',
    params: orderParams,
    body: { schema: markSentSchema, example: { trackingUrl } },
    answers: { 200: theOrder },
    problems: ['order_not_confirmed', 'order_returned'],
  },
  {
    method: 'delete',
    path: '/admin/orders/{id}/sent',
    operationId: 'takeOrderSentBack',
    tag,
    summary: 'Take back that an order was sent',
    description: 'Its link goes, too. Doing it again changes nothing.',
    caller: 'admin',
    params: orderParams,
    answers: { 200: theOrder },
  },
  {
    method: 'put',
    path: '/admin/orders/{id}/note',
    operationId: 'writeOrderNote',
    tag,
    summary: 'Write a note about an order, in place of the one before',
    description:
      'For admins only; its customer has it in the download of their own data. The audit log tells that it was written, and not what it says.',
    caller: 'admin',
    params: orderParams,
    body: { schema: orderNoteSchema, example: { note: ORDER_EXAMPLE.note, was: '' } },
    answers: { 200: theOrder },
    problems: ['precondition_failed'],
  },
  {
    method: 'put',
    path: '/admin/orders/{id}/address',
    operationId: 'correctOrderAddress',
    tag,
    summary: 'Correct where an order is delivered to',
    description:
      'Until it was sent. What it costs stays as it is: another country on which it would cost something else is refused. The audit log tells which parts changed, and not to what.',
    caller: 'admin',
    params: orderParams,
    body: { schema: addressChangeSchema, example: { address: ADDRESS } },
    answers: { 200: theOrder },
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
    method: 'post',
    path: '/admin/orders/{id}/mail',
    operationId: 'sendOrderMail',
    tag,
    summary: 'Have a mail about an order sent again',
    description: `To its customer, as it would be written now. It needs an Idempotency-Key, since two are two mails; at most ${ORDER_MAILS_PER_HOUR_MAX} of an order are sent in an hour. An order whose units were all given back is not confirmed again.`,
    caller: 'admin',
    params: orderParams,
    body: { schema: orderMailSchema, example: { kind: 'order_confirmed' } },
    idempotent: true,
    answers: {
      201: {
        description: 'It will be sent soon.',
        schema: orderMailAnswerSchema,
        example: {
          mail: { kind: 'order_confirmed', createdAt: '2026-11-27T09:59:58.000Z' },
          serverNow: '2026-11-27T09:59:58.000Z',
        },
      },
    },
    problems: [
      'account_deleted',
      'idempotency_key_reused',
      'mail_suppressed',
      'mail_unavailable',
      'order_not_confirmed',
      'order_not_sent',
      'order_returned',
      'rate_limited',
    ],
  },
];
