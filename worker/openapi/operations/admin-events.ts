/** What admins do with events: plan, edit, open, close, unpublish, set stock, and look at the figures. */
import * as z from 'zod';
import {
  adminEventListQuerySchema,
  adminEventListSchema,
  adminEventSchema,
  dashboardListSchema,
  eventDashboardSchema,
  orderExportQuerySchema,
  stockInputSchema,
} from '../../contract/administration.ts';
import { eventLineSchema } from '../../contract/commit-metrics.ts';
import { eventInputSchema } from '../../contract/event-input.ts';
import { eventIdSchema, eventItemIdSchema } from '../../contract/ids.ts';
import { pageQuerySchema } from '../../contract/values.ts';
import { EVENT_ID, EVENT_ITEM_ID, EXAMPLES } from './examples.ts';
import { METRICS_EXAMPLES } from './metrics-examples.ts';
import type { Operation, SuccessAnswer } from './operation.ts';

const tag = 'Administration';
const params = { id: { schema: eventIdSchema, example: EVENT_ID } };
const body = { schema: eventInputSchema, example: EXAMPLES.eventInput };

const theEvent: SuccessAnswer = {
  description: 'The event.',
  schema: adminEventSchema,
  example: EXAMPLES.adminEvent,
};

const FIGURE_OPERATIONS: Operation[] = [
  // Before the events, or its path would be taken for an event's id.
  {
    method: 'get',
    path: '/admin/events/dashboard',
    operationId: 'listEventFigures',
    tag,
    summary: 'List the figures of the events, newest opening first',
    caller: 'admin',
    query: pageQuerySchema,
    answers: {
      200: {
        description: 'One page of figures.',
        schema: dashboardListSchema,
        example: EXAMPLES.dashboardList,
      },
    },
  },
  {
    method: 'get',
    path: '/admin/events/{id}/dashboard',
    operationId: 'getEventDashboard',
    tag,
    summary: 'Read the figures of an event, over time and by item',
    caller: 'admin',
    params,
    answers: {
      200: {
        description: 'The figures.',
        schema: eventDashboardSchema,
        example: EXAMPLES.dashboard,
      },
    },
  },
  {
    method: 'get',
    path: '/admin/events/{id}/line',
    operationId: 'getEventLine',
    tag,
    summary: 'Read how an event’s attempts are committed in groups',
    description:
      'As the event’s object knows it, second by second. It forgets what it did before it woke.',
    caller: 'admin',
    params,
    answers: {
      200: {
        description: 'The group commits, second by second.',
        schema: eventLineSchema,
        example: METRICS_EXAMPLES.eventLine,
      },
    },
  },
  {
    method: 'get',
    path: '/admin/events/{id}/orders.csv',
    operationId: 'exportOrders',
    tag,
    summary: 'Take away the orders of an event as CSV',
    description:
      'Written as it is read. A file that breaks off is not whole; after, the last order that it has, goes on from there. New columns are added at the end; variant is empty for an item without variants. Amounts are in minor units where the column ends in _minor, else with a dot and the decimals of the currency. Everything is text to a spreadsheet: what looks like a formula begins with an apostrophe.',
    caller: 'admin',
    params,
    query: orderExportQuerySchema,
    answers: {
      200: {
        description: 'A line per order, in the order of their ids.',
        schema: z.string(),
        mediaType: 'text/csv',
        example:
          'order_id,status,item,quantity,unit_price_minor,currency,customer_id,customer_email,reserved_at,expires_at,ended_at,unit_price,total,order_number,variant,total_minor,units_returned,payment,payment_amount_minor,payment_amount,refunded_minor,refunded,sent_at,tracking_url\r\n',
        headers: ['Content-Disposition'],
      },
    },
  },
];

export const ADMIN_EVENT_OPERATIONS: Operation[] = [
  ...FIGURE_OPERATIONS,
  {
    method: 'get',
    path: '/admin/events',
    operationId: 'listAdminEvents',
    tag,
    summary: 'List all events, newest opening first',
    description:
      'Narrowed by status, by published, and by q, a part of the title in any case. An event that was cancelled is found as `cancelled` alone, not among the `closed` ones.',
    caller: 'admin',
    query: adminEventListQuerySchema,
    answers: {
      200: {
        description: 'One page of events.',
        schema: adminEventListSchema,
        example: EXAMPLES.adminEventList,
      },
    },
  },
  {
    method: 'post',
    path: '/admin/events',
    operationId: 'createEvent',
    tag,
    summary: 'Make an event out of catalogue items',
    description:
      'With a key it is made once: for 24 hours the same request with the same key is answered as the first one was.',
    idempotent: true,
    problems: ['no_payment_provider', 'idempotency_key_reused', 'rate_limited'],
    caller: 'admin',
    body,
    answers: { 201: { ...theEvent, headers: ['Location'] } },
  },
  {
    method: 'get',
    path: '/admin/events/{id}',
    operationId: 'getAdminEvent',
    versioned: true,
    tag,
    summary: 'Read an event with its plan',
    caller: 'admin',
    params,
    answers: { 200: theEvent },
  },
  {
    method: 'put',
    path: '/admin/events/{id}',
    operationId: 'replaceEvent',
    versioned: true,
    tag,
    summary: 'Edit an event that has not opened, or give those in its queue more',
    description:
      'Once somebody is in its queue, until the event is over, only texts, the order of its items, a later end, more stock, higher limits and whether its report is public may change; anything else is refused with has_entries.',
    caller: 'admin',
    params,
    body,
    answers: { 200: theEvent },
    problems: [
      'no_payment_provider',
      'event_not_locked',
      'event_cancelled',
      'has_entries',
      'item_numbers_used_up',
    ],
  },
  {
    method: 'post',
    path: '/admin/events/{id}/open',
    operationId: 'openEvent',
    versioned: true,
    tag,
    summary: 'Open an event now',
    description:
      'An event that was closed by hand goes on, with its queue as it was. A draw opens at its time: before it was drawn it is refused with has_entries, or with not_open while nobody has entered.',
    caller: 'admin',
    params,
    answers: { 200: theEvent },
    problems: ['event_ended', 'event_cancelled', 'has_entries', 'not_open'],
  },
  {
    method: 'post',
    path: '/admin/events/{id}/close',
    operationId: 'closeEvent',
    versioned: true,
    tag,
    summary: 'Close an event now',
    caller: 'admin',
    params,
    answers: { 200: theEvent },
  },
  {
    method: 'post',
    path: '/admin/events/{id}/unpublish',
    operationId: 'unpublishEvent',
    versioned: true,
    tag,
    summary: 'Close an event and take it off the public lists',
    description:
      'Its orders stay, and their customers still read them; what is held is still confirmed, cancelled and ended in time. Opening it before its planned end brings it back. Doing it again changes nothing.',
    caller: 'admin',
    params,
    answers: { 200: theEvent },
  },
  {
    method: 'put',
    path: '/admin/events/{id}/items/{eventItemId}/stock',
    operationId: 'setStock',
    versioned: true,
    tag,
    summary: 'Set how many units of an item there are in all',
    description:
      'Refused below what is held and sold, with the numbers; and once somebody is in the event’s queue, below what there is. Units that are added go to those who wait first.',
    caller: 'admin',
    params: { ...params, eventItemId: { schema: eventItemIdSchema, example: EVENT_ITEM_ID } },
    body: { schema: stockInputSchema, example: { total: 50 } },
    answers: { 200: theEvent },
    problems: ['stock_in_use', 'event_cancelled', 'has_entries'],
  },
];
