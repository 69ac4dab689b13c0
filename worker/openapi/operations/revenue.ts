/** The console's home and revenue over time, as admins read them. */
import * as z from 'zod';
import { type Home, homeSchema } from '../../contract/home.ts';
import { type Revenue, revenueQuerySchema, revenueSchema } from '../../contract/revenue.ts';
import { EVENT_ID, EVENT_ITEM_ID } from './examples.ts';
import type { Operation } from './operation.ts';

const FIGURES = {
  currency: 'EUR',
  orders: 2,
  units: 3,
  grossCents: 5_970,
  refundedCents: 1_990,
  netCents: 3_980,
};

const EXAMPLE: Revenue = {
  by: 'week',
  timeZone: 'Europe/Berlin',
  buckets: [
    { from: '2030-05-01', to: '2030-05-05', figures: [FIGURES] },
    { from: '2030-05-06', to: '2030-05-09', figures: [] },
  ],
  totals: [FIGURES],
  serverNow: '2030-05-09T12:00:00.000Z',
};

const WHAT =
  'Orders count when they were confirmed, with all that they cost: units, delivery and a tax that is added. What went back or never came counts when that happened: refunds that were made, disputes that were lost, captures that failed, and orders of a cancelled event that were not paid online. The first and the last bucket end where the range does.';

const HOME_EXAMPLE: Home = {
  live: {
    events: [
      {
        id: EVENT_ID as Home['live']['events'][number]['id'],
        title: 'Spring sale',
        startsAt: '2030-05-09T10:00:00.000Z',
        endsAt: '2030-05-09T16:00:00.000Z',
        stock: { total: 200, remaining: 12, held: 8, sold: 180 },
      },
    ],
    hasMore: false,
  },
  next: { events: [], hasMore: false },
  attention: {
    givenUp: 2,
    payments: { late: 0, failed: 1, owed: 0, disputed: 0, answerBy: null, answerOrderId: null },
    reports: { reviews: 0, comments: 3 },
    lowStock: {
      items: [
        {
          eventId: EVENT_ID as Home['live']['events'][number]['id'],
          eventItemId:
            EVENT_ITEM_ID as Home['attention']['lowStock']['items'][number]['eventItemId'],
          eventTitle: 'Spring sale',
          name: 'Desk lamp',
          variantLabel: null,
          remaining: 12,
          total: 200,
          waiting: 0,
        },
      ],
      hasMore: false,
    },
    unsent: 0,
    legalMissing: ['imprint'],
  },
  serverNow: '2030-05-09T12:00:00.000Z',
};

export const REVENUE_OPERATIONS: Operation[] = [
  {
    method: 'get',
    path: '/admin/home',
    operationId: 'readHome',
    tag: 'Administration',
    summary: 'Read what is on sale now and next, and what needs attention',
    description:
      'One answer for the console’s first screen, five seconds old at most. Counts end at 99: 100 stands for more.',
    caller: 'admin',
    answers: { 200: { description: 'The home.', schema: homeSchema, example: HOME_EXAMPLE } },
  },
  {
    method: 'get',
    path: '/admin/revenue',
    operationId: 'readRevenue',
    tag: 'Administration',
    summary: 'Read revenue over time by day, week or month',
    description: `${WHAT} At most 366 buckets, and a minute old.`,
    caller: 'admin',
    query: revenueQuerySchema,
    answers: { 200: { description: 'The buckets.', schema: revenueSchema, example: EXAMPLE } },
    problems: ['not_found'],
  },
  {
    method: 'get',
    path: '/admin/revenue.csv',
    operationId: 'exportRevenue',
    tag: 'Administration',
    summary: 'Take away revenue over time as CSV',
    description: `A line for each bucket and currency, also where nothing happened. ${WHAT} New columns are added at the end.`,
    caller: 'admin',
    query: revenueQuerySchema,
    answers: {
      200: {
        description: 'A line per bucket and currency.',
        schema: z.string(),
        mediaType: 'text/csv',
        example: 'from,to,currency,orders,units,gross_minor,refunded_minor,net_minor\r\n',
        headers: ['Content-Disposition'],
      },
    },
    problems: ['not_found'],
  },
];
