/** The tables of addresses, apart from what they belong to, so that they are erased without it. */
import { sql } from 'drizzle-orm';
import { type AnyPgColumn, check, index, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { Address } from '../../contract/address.ts';
import type { OrderId, UserId } from '../../contract/ids.ts';
import { instant } from './columns.ts';
import { orders, users } from './schema.ts';

const hasCountry = (name: string, t: Record<'address', AnyPgColumn>) =>
  check(name, sql`(${t.address} ->> 'country') ~ '^[A-Z]{2}$'`);

/** Where an order is delivered to, as it was said last: later changes of the account's do not reach it. */
export const orderAddresses = pgTable(
  'order_addresses',
  {
    orderId: text('order_id')
      .$type<OrderId>()
      .primaryKey()
      .references(() => orders.id),
    address: jsonb('address').$type<Address>().notNull(),
    writtenAt: instant('written_at').notNull(),
  },
  (t) => [
    hasCountry('order_addresses_country', t),
    // Those that were kept for long enough.
    index('order_addresses_written_at').on(t.writtenAt),
  ],
);

/** The one that an account keeps for its next order. */
export const customerAddresses = pgTable(
  'customer_addresses',
  {
    customerId: text('customer_id')
      .$type<UserId>()
      .primaryKey()
      .references(() => users.id),
    address: jsonb('address').$type<Address>().notNull(),
    writtenAt: instant('written_at').notNull(),
  },
  (t) => [hasCountry('customer_addresses_country', t)],
);
