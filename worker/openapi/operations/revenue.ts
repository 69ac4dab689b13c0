/** Revenue over time, as admins read it and take it away. */
import * as z from 'zod';
import { type Revenue, revenueQuerySchema, revenueSchema } from '../../contract/revenue.ts';
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

export const REVENUE_OPERATIONS: Operation[] = [
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
