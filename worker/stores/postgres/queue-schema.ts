/** The tables of the queue: entries and their order, what is counted for each event, draws, changed stock. */
import { type SQL, sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { EventId, EventItemId, OrderId, QueueEntryId, UserId } from '../../contract/ids.ts';
import type { QueueEntryStatus, QueueStep, SkipReason } from '../../contract/queue.ts';
import { instant } from './columns.ts';
import { eventItems, events } from './schema.ts';

/**
 * A customer's wish for units of one event item.
 *
 * No index has the rank, and a migration lets its pages be filled by less than a half: so a draw writes the ranks
 * of all entries on the pages on which they are, and into no index.
 */
export const queueEntries = pgTable(
  'queue_entries',
  {
    id: text('id').$type<QueueEntryId>().primaryKey(),
    eventId: text('event_id').$type<EventId>().notNull(),
    eventItemId: text('event_item_id').$type<EventItemId>().notNull(),
    /** Of `users`, as `eventItemId` of `event_items`: see keep_what_is_ordered.sql. */
    customerId: text('customer_id').$type<UserId>().notNull(),
    quantity: integer('quantity').notNull(),
    minQuantity: integer('min_quantity').notNull(),
    status: text('status')
      .$type<Exclude<QueueEntryStatus, 'closed'>>()
      .notNull()
      .default('waiting'),
    reason: text('reason').$type<SkipReason>(),
    enteredAt: instant('entered_at').notNull(),
    endedAt: instant('ended_at'),
    /** 1 for the first of the event. */
    seq: bigint('seq', { mode: 'number' }).notNull(),
    /** The order in which an item's queue is served; null for entries of a draw until it is drawn. */
    rank: bigint('rank', { mode: 'number' }),
    /** Its entering in the chain of a draw, in `draw_records`; null behind the lock and without a draw. */
    recordSeq: bigint('record_seq', { mode: 'number' }),
    /** The offer; also in `orders.entry_id`. */
    orderId: text('order_id').$type<OrderId>(),
    /** The settlements that took it and ended it, and the free units that its offer found. */
    enteredIn: bigint('entered_in', { mode: 'number' }).notNull(),
    endedIn: bigint('ended_in', { mode: 'number' }),
    freeFound: integer('free_found'),
  },
  (t) => [
    // A customer waits once for an item.
    uniqueIndex('queue_entries_waits_once')
      .on(t.customerId, t.eventItemId)
      .where(sql`${t.status} = 'waiting'`),
    // What a customer had of an item, and all of theirs. A draw writes every index of those who wait: so there
    // are few, and whoever looks for both names the status, as `ofCustomer` does.
    index('queue_entries_ended')
      .on(t.customerId, t.eventItemId)
      .where(sql`${t.status} <> 'waiting'`),
    check('queue_entries_status', sql`${t.status} IN ('waiting', 'offered', 'left', 'skipped')`),
    check('queue_entries_quantity', sql`${t.quantity} BETWEEN 1 AND 100`),
    check('queue_entries_minimum', sql`${t.minQuantity} BETWEEN 1 AND ${t.quantity}`),
    check('queue_entries_reason', sql`(${t.status} = 'skipped') = (${t.reason} IS NOT NULL)`),
    check('queue_entries_offer', sql`(${t.status} = 'offered') = (${t.orderId} IS NOT NULL)`),
    check('queue_entries_ended_at', sql`(${t.status} = 'waiting') = (${t.endedAt} IS NULL)`),
  ],
);

/**
 * Who is served next: the entries that wait with a rank, and nobody else. A trigger of queue_entries keeps it so,
 * whatever writes them: see keep_queue_places.sql.
 */
export const queuePlaces = pgTable(
  'queue_places',
  {
    eventItemId: text('event_item_id').$type<EventItemId>().notNull(),
    minQuantity: integer('min_quantity').notNull(),
    rank: bigint('rank', { mode: 'number' }).notNull(),
    entryId: text('entry_id').$type<QueueEntryId>().notNull(),
    quantity: integer('quantity').notNull(),
    customerId: text('customer_id').$type<UserId>().notNull(),
  },
  // The lowest rank of each minimum that the free units reach.
  (t) => [primaryKey({ columns: [t.eventItemId, t.minQuantity, t.rank, t.entryId] })],
);

/** One for each event that has a queue: what its settlements are numbered by. Narrow, since each writes it. */
export const eventQueues = pgTable('event_queues', {
  eventId: text('event_id')
    .$type<EventId>()
    .primaryKey()
    .references(() => events.id),
  /** The number of the last settlement, and its time, which is never before that of the one before. */
  settlement: bigint('settlement', { mode: 'number' }).notNull().default(0),
  settledAt: instant('settled_at').notNull(),
  /** `seq` of the last entry. */
  lastSeq: bigint('last_seq', { mode: 'number' }).notNull().default(0),
});

/** One for each draw from when its entries are locked: entries up to `entry_count` take part. */
export const draws = pgTable(
  'draws',
  {
    eventId: text('event_id')
      .$type<EventId>()
      .primaryKey()
      .references(() => events.id),
    lockedAt: instant('locked_at').notNull(),
    lockedIn: bigint('locked_in', { mode: 'number' }).notNull(),
    /** `seq` of the last entry before the lock, 0 without entries. */
    entryCount: bigint('entry_count', { mode: 'number' }).notNull(),
    /** 32 bytes in hex, by which the entries were ranked. */
    seed: text('seed'),
    drawnAt: instant('drawn_at'),
    /** By event item, some of its entries as they stood then. */
    steps: jsonb('steps').$type<Record<EventItemId, QueueStep[]>>(),
  },
  (t) => [check('draws_drawn_at', sql`(${t.seed} IS NULL) = (${t.drawnAt} IS NULL)`)],
);

/** Stock that was changed outside of settle_group, in events with a queue: a trigger writes it. */
export const queueStockChanges = pgTable(
  'queue_stock_changes',
  {
    eventItemId: text('event_item_id')
      .$type<EventItemId>()
      .notNull()
      .references(() => eventItems.id),
    /** Its number among the event's settlements. */
    settlement: bigint('settlement', { mode: 'number' }).notNull(),
    /** By how many units the free ones changed. */
    units: integer('units').notNull(),
  },
  (t) => [primaryKey({ columns: [t.eventItemId, t.settlement] })],
);

/**
 * All entries of a customer, by the two indexes that have them.
 * @param customer an id, or a query for one.
 * @param entries how the query calls them.
 */
export function ofCustomer(customer: SQL | UserId, entries = sql`queue_entries`): SQL {
  const theirs = sql`${entries}.customer_id = ${customer}`;
  return sql`(${theirs} AND ${entries}.status = 'waiting' OR ${theirs} AND ${entries}.status <> 'waiting')`;
}
