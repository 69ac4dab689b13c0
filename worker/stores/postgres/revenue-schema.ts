/** The table of revenue: what was sold in each quarter of an hour. Counted by the SQL function count_revenue alone. */

import { sql } from 'drizzle-orm';
import { bigint, char, check, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { EventId } from '../../contract/ids.ts';
import { instant } from './columns.ts';

/**
 * Orders that were confirmed, added up in the transaction that confirms them, so that the sum of all rows is the sum
 * of all confirmed orders at every moment. A quarter of an hour, since the days of all time zones are made of whole
 * ones; of each event, since those who settle sales of two events do not wait for each other's row.
 */
export const revenueQuarters = pgTable(
  'revenue_quarters',
  {
    beginsAt: instant('begins_at').notNull(),
    /** Not a reference: it would lock the event's row once more. */
    eventId: text('event_id').$type<EventId>().notNull(),
    currency: char('currency', { length: 3 }).notNull(),
    orders: integer('orders').notNull(),
    units: bigint('units', { mode: 'number' }).notNull(),
    /** What the orders cost: the sum of order_total. */
    grossMinor: bigint('gross_minor', { mode: 'number' }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.beginsAt, t.eventId, t.currency] }),
    check(
      'revenue_quarters_counts',
      sql`${t.orders} > 0 AND ${t.units} >= ${t.orders} AND ${t.grossMinor} >= 0`,
    ),
  ],
);
