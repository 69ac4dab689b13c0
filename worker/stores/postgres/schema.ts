/**
 * The tables. `npm run db:generate` turns a change here into a migration; what may be written to
 * them is decided elsewhere, but what may never be true of them is a CHECK here.
 */
import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  char,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Role } from '../../contract/accounts.ts';
import type {
  EventId,
  EventItemId,
  ItemId,
  LoginId,
  OrderId,
  QueueEntryId,
  UserId,
  VariantId,
} from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import type { OrderStatus } from '../../contract/orders.ts';
import { cancellationCheck, ending } from './cancellation-columns.ts';
import { itemCatalog, itemVariants } from './catalogue-schema.ts';
import { instant, written } from './columns.ts';
import { eventSearch, eventWords } from './event-words.ts';
import { orderNames } from './order-names.ts';
import { orderDelivery, orderDeliveryCheck, orderPart } from './order-parts.ts';
import {
  orderPayment,
  orderPaymentChecks,
  paymentPlan,
  paymentPlanCheck,
} from './payment-columns.ts';
import { queueCounters, queuePlan, queuePlanChecks } from './queue-columns.ts';

export const users = pgTable(
  'users',
  {
    id: text('id').$type<UserId>().primaryKey(),
    /** In lower case. */
    email: text('email').notNull(),
    displayName: written('display_name').notNull(),
    /** `scrypt$N$r$p$salt$hash`: the parameters travel with the hash, so they can be raised. */
    passwordHash: text('password_hash').notNull(),
    role: text('role').$type<Role>().notNull().default('customer'),
    active: boolean('active').notNull().default(true),
    /** Raised to end all logins at once: a token that carries an older one is refused. */
    sessionEpoch: integer('session_epoch').notNull().default(0),
    /**
     * Logins that ended one by one while a token of theirs may still be good, by id, with when they
     * ended in milliseconds since the epoch. Beside the epoch, so that whoever reads that sees both.
     */
    endedLogins: jsonb('ended_logins').$type<Record<LoginId, number>>().notNull().default({}),
    createdAt: instant('created_at').notNull().defaultNow(),
    /** When the owner showed that the address is theirs; null until then, and for accounts from before. */
    emailVerifiedAt: instant('email_verified_at'),
    /** In which mails are written to them. */
    language: text('language').$type<Language>().notNull().default('en'),
    /**
     * When the owner deleted the account; it is not active then. The row stays for the orders, and holds
     * nothing of the person once all is erased.
     */
    deletedAt: instant('deleted_at'),
  },
  (t) => [
    uniqueIndex('users_email_key').on(t.email),
    index('users_email_prefix').on(t.email.op('text_pattern_ops')),
    index('users_created_at').on(t.createdAt, t.id),
    index('users_search').using('gin', sql`search_grams(${t.displayName} || ' ' || ${t.email})`),
    index('users_mailbox').on(sql`mailbox_of(${t.email})`),
    check('users_role', sql`${t.role} IN ('customer', 'admin')`),
    check('users_email_lower', sql`${t.email} = lower(${t.email})`),
  ],
);

export const events = pgTable(
  'events',
  {
    id: text('id').$type<EventId>().primaryKey(),
    ...eventWords,
    /** ISO 4217. */
    currency: char('currency', { length: 3 }).notNull(),
    startsAt: instant('starts_at').notNull(),
    endsAt: instant('ends_at').notNull(),
    /** When an admin opened it by hand; beats `starts_at`. */
    openedAt: instant('opened_at'),
    /** When an admin closed it by hand; beats `ends_at`. */
    closedAt: instant('closed_at'),
    holdSeconds: integer('hold_seconds').notNull(),
    /** Nobody but admins sees or buys from an event that is not published. */
    published: boolean('published').notNull().default(true),
    /** IANA name of the zone in which its times were entered; the times themselves are UTC. */
    timeZone: text('time_zone').notNull().default('UTC'),
    /**
     * The greatest number that an event item's id was ever given here, so that none is given again.
     * Before it was kept, numbers went to 50 and those of removed items are unknown.
     */
    itemNumbersUsed: integer('item_numbers_used').notNull().default(50),
    /** Only accounts whose address is verified may buy. */
    requireVerifiedEmail: boolean('require_verified_email').notNull().default(false),
    /** Whether all addresses that lead to one mailbox share one limit: see contract/mailbox.ts. */
    oneLimitPerMailbox: boolean('one_limit_per_mailbox').notNull().default(false),
    ...queuePlan,
    ...paymentPlan,
    ...ending,
    createdAt: instant('created_at').notNull().defaultNow(),
    /** How often what a calendar shows of it was changed, and when last: a trigger counts. */
    calendarSequence: integer('calendar_sequence').notNull().default(0),
    calendarChangedAt: instant('calendar_changed_at').notNull().defaultNow(),
  },
  (t) => [
    index('events_starts_at').on(t.startsAt, t.id),
    ...eventSearch(t),
    check('events_window', sql`${t.endsAt} > ${t.startsAt}`),
    check('events_hold_seconds', sql`${t.holdSeconds} BETWEEN 5 AND 1800`),
    ...queuePlanChecks(t),
    paymentPlanCheck(t),
    cancellationCheck(t),
  ],
);

export const eventItems = pgTable(
  'event_items',
  {
    id: text('id').$type<EventItemId>().primaryKey(),
    eventId: text('event_id')
      .$type<EventId>()
      .notNull()
      .references(() => events.id),
    itemId: text('item_id')
      .$type<ItemId>()
      .notNull()
      .references(() => itemCatalog.id),
    /** Null for an item without variants. */
    variantId: text('variant_id').$type<VariantId>(),
    /** 1 to 99, the order in which the event shows its items. */
    position: integer('position').notNull(),
    /** `priceMinor` as far as an int4 goes: what the version before it reads and writes. */
    priceCents: integer('price_cents').notNull(),
    /** Minor units of the event's currency. A trigger fills it where only the other is written. */
    priceMinor: bigint('price_minor', { mode: 'number' }).notNull().default(0),
    stockTotal: integer('stock_total').notNull(),
    stockRemaining: integer('stock_remaining').notNull(),
    stockHeld: integer('stock_held').notNull().default(0),
    stockSold: integer('stock_sold').notNull().default(0),
    limitPerCustomer: integer('limit_per_customer').notNull().default(1),
    ...queueCounters,
  },
  (t) => [
    unique('event_items_event_and_id').on(t.eventId, t.id),
    unique('event_items_event_and_variant').on(t.eventId, t.itemId, t.variantId).nullsNotDistinct(),
    foreignKey({
      name: 'event_items_variant',
      columns: [t.itemId, t.variantId],
      foreignColumns: [itemVariants.itemId, itemVariants.id],
    }),
    // Whether a variant is part of an event.
    index('event_items_variant_id').on(t.variantId).where(sql`${t.variantId} IS NOT NULL`),
    unique('event_items_event_and_position').on(t.eventId, t.position),
    check(
      'event_items_stock_law',
      sql`${t.stockRemaining} + ${t.stockHeld} + ${t.stockSold} = ${t.stockTotal}`,
    ),
    check(
      'event_items_stock_not_negative',
      sql`${t.stockRemaining} >= 0 AND ${t.stockHeld} >= 0 AND ${t.stockSold} >= 0`,
    ),
    check('event_items_price', sql`${t.priceCents} >= 0`),
    check(
      'event_items_queue_not_negative',
      sql`${t.queueWaiting} >= 0 AND ${t.queueWaitingUnits} >= 0 AND ${t.queueOffers} >= 0`,
    ),
    check('event_items_limit', sql`${t.limitPerCustomer} BETWEEN 1 AND 100`),
  ],
);

export const orders = pgTable(
  'orders',
  {
    id: text('id').$type<OrderId>().primaryKey(),
    eventId: text('event_id').$type<EventId>().notNull(),
    eventItemId: text('event_item_id').$type<EventItemId>().notNull(),
    /** Of `users`, as `eventItemId` of `event_items`: see keep_what_is_ordered.sql. */
    customerId: text('customer_id').$type<UserId>().notNull(),
    status: text('status').$type<OrderStatus>().notNull(),
    quantity: integer('quantity').notNull(),
    /** `unitPriceMinor` as far as an int4 goes: what the version before it reads. */
    unitPriceCents: integer('unit_price_cents').notNull(),
    /** The price at the hold; later edits of the event item do not reach it. Null in older rows. */
    unitPriceMinor: bigint('unit_price_minor', { mode: 'number' }),
    ...orderNames,
    currency: char('currency', { length: 3 }).notNull(),
    reservedAt: instant('reserved_at').notNull(),
    /** Promised once, never moved. */
    expiresAt: instant('expires_at').notNull(),
    /** When it was confirmed, cancelled or expired; null while pending. */
    endedAt: instant('ended_at'),
    reserveKey: text('reserve_key'),
    confirmKey: text('confirm_key'),
    /** Empty where the hold ended with its customer's account. */
    cancelKey: text('cancel_key'),
    /** Of an offer, the entry that it was made to. */
    entryId: text('entry_id').$type<QueueEntryId>(),
    /** The settlements that made and ended it, in an event with a queue; see queue-schema.ts. */
    madeIn: bigint('made_in', { mode: 'number' }),
    endedIn: bigint('ended_in', { mode: 'number' }),
    ...orderPayment,
    ...orderDelivery,
  },
  (t) => [
    // A customer's orders: their limit on one item, and their history.
    index('orders_customer').on(t.customerId, t.eventItemId),
    uniqueIndex('orders_reserve_key')
      .on(t.customerId, t.reserveKey)
      .where(sql`${t.reserveKey} IS NOT NULL`),
    // Holds by their end: what is due, and when the next unit comes back.
    index('orders_holds').on(t.eventItemId, t.expiresAt).where(sql`${t.status} = 'pending'`),
    // Of those, the ones that end later than they show.
    index('orders_paying')
      .on(t.eventItemId, t.expiresAt)
      .where(sql`${t.status} = 'pending' AND ${t.paying}`),
    // An entry is offered at most once.
    uniqueIndex('orders_entry').on(t.entryId).where(sql`${t.entryId} IS NOT NULL`),
    // Sought by the number that people know.
    index('orders_number').on(sql`right(${t.id}, 12)`),
    // Only for recounting what was sold.
    index('orders_sales').on(t.eventItemId).where(sql`${t.status} = 'confirmed'`),
    // Listed newest first, in all and of an event item: see order-parts.ts.
    index('orders_listed').on(orderPart(t), t.reservedAt, t.id),
    index('orders_of_item').on(t.eventItemId, orderPart(t), t.reservedAt, t.id),
    // Few, and only of sales that are paid online.
    index('orders_returned').on(t.eventId, t.endedAt).where(sql`${t.unitsReturned} > 0`),
    check('orders_status', sql`${t.status} IN ('pending', 'confirmed', 'cancelled', 'expired')`),
    check('orders_quantity', sql`${t.quantity} BETWEEN 1 AND 100`),
    ...orderPaymentChecks(t),
    orderDeliveryCheck(t),
    check('orders_ended_at', sql`(${t.status} = 'pending') = (${t.endedAt} IS NULL)`),
  ],
);
