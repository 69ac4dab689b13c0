/** Examples of the outbox in the description. A test validates each of them. */
import type { OrderId } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import { EVENT_ID, ORDER_ID, USER_ID } from './examples.ts';

const serverNow = '2026-11-27T09:59:58.000Z';

export const OUTBOX_ID = '104729';

const row = {
  id: Number(OUTBOX_ID),
  kind: 'mail.order_confirmed',
  outcome: 'waiting',
  tries: 0,
  lastError: null,
  createdAt: serverNow,
  dueAt: serverNow,
  endedAt: null,
  userId: USER_ID,
  userName: 'Ada Lovelace',
  paymentId: null,
  orderId: ORDER_ID,
  orderNumber: orderNumberOf(ORDER_ID as OrderId),
  eventId: EVENT_ID,
  eventTitle: 'Evening of lamps',
};

export const OUTBOX_EXAMPLES = {
  row,
  list: {
    rows: [{ ...row, outcome: 'given_up', tries: 12, lastError: 'status_500', endedAt: serverNow }],
    nextCursor: null,
    serverNow,
  },
  attention: {
    late: 1,
    failed: 0,
    owed: 0,
    disputed: 0,
    answerBy: null,
    answerOrderId: null,
    serverNow,
  },
};
