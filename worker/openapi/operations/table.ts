/**
 * Every operation of the API, in the order of the OpenAPI document.
 *
 * A new route takes an entry beside this file, with its examples in examples.ts; its schemas by name
 * in ../schemas.ts, or they are written out where they are used; and, where a new problem code has
 * members of its own, those in ../problems.ts.
 */

import { ACCOUNT_LINK_OPERATIONS } from './account-links.ts';
import { ACCOUNT_OPERATIONS, PROFILE_OPERATIONS } from './accounts.ts';
import { ADDRESS_OPERATIONS } from './addresses.ts';
import { ADMIN_EVENT_OPERATIONS } from './admin-events.ts';
import { ADMIN_ORDER_OPERATIONS } from './admin-orders.ts';
import { ADMIN_OUTBOX_OPERATIONS } from './admin-outbox.ts';
import { ADMIN_QUEUE_OPERATIONS } from './admin-queue.ts';
import { ADMIN_RECORD_OPERATIONS } from './admin-records.ts';
import { ADMIN_SEARCH_OPERATIONS } from './admin-search.ts';
import { CANCEL_OPERATIONS } from './cancelling.ts';
import { DISCUSSION_OPERATIONS } from './discussion.ts';
import { DRAW_OPERATIONS } from './draws.ts';
import { EVENT_LIFECYCLE_OPERATIONS } from './event-lifecycle.ts';
import { EVENT_OPERATIONS } from './events.ts';
import { LEGAL_OPERATIONS } from './legal.ts';
import { MAIL_EVENT_OPERATIONS } from './mail-events.ts';
import type { Operation } from './operation.ts';
import { ORDER_SLIP_OPERATIONS } from './order-slips.ts';
import { OWN_DATA_OPERATIONS } from './own-data.ts';
import { PAYMENT_OPERATIONS } from './payments.ts';
import { PICTURE_OPERATIONS } from './pictures.ts';
import { PURCHASE_OPERATIONS } from './purchase.ts';
import { PUSH_OPERATIONS } from './push.ts';
import { QUEUE_OPERATIONS } from './queue.ts';
import { REFUND_OPERATIONS } from './refunds.ts';
import { REMINDER_OPERATIONS } from './reminders.ts';
import { ADMIN_REPORT_OPERATIONS, REPORT_OPERATIONS } from './report.ts';
import { REVENUE_OPERATIONS } from './revenue.ts';
import { REVIEW_OPERATIONS } from './reviews.ts';
import { SERVICE_OPERATIONS } from './service.ts';
import { SHOP_OPERATIONS } from './shop.ts';

export const OPERATIONS: readonly Operation[] = [
  ...EVENT_OPERATIONS,
  ...REPORT_OPERATIONS,
  ...PURCHASE_OPERATIONS,
  ...PAYMENT_OPERATIONS,
  ...ADDRESS_OPERATIONS,
  ...QUEUE_OPERATIONS,
  ...DRAW_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...ACCOUNT_LINK_OPERATIONS,
  ...PROFILE_OPERATIONS,
  ...OWN_DATA_OPERATIONS,
  ...REMINDER_OPERATIONS,
  ...ADMIN_SEARCH_OPERATIONS,
  ...PUSH_OPERATIONS,
  ...ADMIN_RECORD_OPERATIONS,
  ...PICTURE_OPERATIONS,
  // Before the orders, or its path would be taken for an order's id.
  ...ORDER_SLIP_OPERATIONS,
  ...ADMIN_ORDER_OPERATIONS,
  ...ADMIN_EVENT_OPERATIONS,
  ...EVENT_LIFECYCLE_OPERATIONS,
  ...ADMIN_REPORT_OPERATIONS,
  ...REVENUE_OPERATIONS,
  ...CANCEL_OPERATIONS,
  ...ADMIN_QUEUE_OPERATIONS,
  ...ADMIN_OUTBOX_OPERATIONS,
  ...REFUND_OPERATIONS,
  ...REVIEW_OPERATIONS,
  ...DISCUSSION_OPERATIONS,
  ...LEGAL_OPERATIONS,
  ...SHOP_OPERATIONS,
  ...MAIL_EVENT_OPERATIONS,
  ...SERVICE_OPERATIONS,
];
