/** The tables behind mails and accounts: the outbox, links for one use, reminders, refused addresses. */
import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  smallint,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { AccountTokenPurpose } from '../../auth/account-tokens.ts';
import type { EventId, PaymentId, UserId } from '../../contract/ids.ts';
import type { Suppression } from '../../contract/mail-events.ts';
import type { OutboxKind, OutboxOutcome, OutboxPayload } from '../../contract/outbox.ts';
import { events, users } from './schema.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** What is to be done in the world, written in the transaction that makes it true. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    kind: text('kind').$type<OutboxKind>().notNull(),
    /** What the receiver tells a repeat by. The same effect has the same key, so there is one row. */
    key: text('key').notNull(),
    /** Whom it is about. Not a reference: a row outlives its user, and a reference would lock theirs. */
    userId: text('user_id').$type<UserId>(),
    /** A keyed digest of the address it goes to, to count by. */
    recipientKey: text('recipient_key'),
    /** Of what anybody can ask for: a keyed digest of the mailbox it goes to, to count by. */
    mailboxKey: text('mailbox_key'),
    /** And of where it was asked for. */
    askerKey: text('asker_key'),
    /** Rows about one payment are worked off in the order of their ids, one at a time. */
    paymentId: text('payment_id').$type<PaymentId>(),
    /** See contract/outbox.ts. Null once the row has ended, since it may hold an address. */
    payload: jsonb('payload').$type<OutboxPayload>(),
    /** 0 first, 2 last: somebody waits for a link, and nobody for a reminder. */
    priority: smallint('priority').notNull().default(1),
    createdAt: instant('created_at').notNull(),
    /** Not worked off before this. */
    dueAt: instant('due_at').notNull(),
    /** After this it is of no use to anybody, and is dropped. */
    dropAfter: instant('drop_after'),
    /** How often it was tried and failed, without the waits that a receiver or a quota asked for. */
    tries: integer('tries').notNull().default(0),
    /** Who works on it, and until when nobody else may. */
    leaseId: text('lease_id'),
    leasedUntil: instant('leased_until'),
    /** Why it was not done at the last try: a stable word. */
    lastError: text('last_error'),
    outcome: text('outcome').$type<OutboxOutcome>(),
    endedAt: instant('ended_at'),
  },
  (t) => [
    unique('outbox_key').on(t.key),
    index('outbox_due').on(t.priority, t.dueAt).where(sql`${t.outcome} IS NULL`),
    index('outbox_ended').on(t.outcome, t.endedAt).where(sql`${t.outcome} IS NOT NULL`),
    index('outbox_user').on(t.userId).where(sql`${t.userId} IS NOT NULL`),
    index('outbox_recipient')
      .on(t.recipientKey, t.createdAt)
      .where(sql`${t.recipientKey} IS NOT NULL`),
    index('outbox_mailbox').on(t.mailboxKey, t.createdAt).where(sql`${t.mailboxKey} IS NOT NULL`),
    index('outbox_payment')
      .on(t.paymentId, t.id)
      .where(sql`${t.paymentId} IS NOT NULL AND ${t.outcome} IS NULL`),
    check('outbox_outcome', sql`${t.outcome} IN ('done', 'dropped', 'given_up')`),
    check('outbox_ended_at', sql`(${t.outcome} IS NULL) = (${t.endedAt} IS NULL)`),
  ],
);

/** Links for one use that were sent by mail. */
export const accountTokens = pgTable(
  'account_tokens',
  {
    /** Part of the link, and worth nothing without its secret. */
    id: text('id').primaryKey(),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    purpose: text('purpose').$type<AccountTokenPurpose>().notNull(),
    /** The address that it was sent to, in lower case. */
    email: text('email').notNull(),
    /** SHA-256 in hex of the secret. */
    secretHash: text('secret_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (t) => [
    index('account_tokens_user').on(t.userId, t.purpose),
    index('account_tokens_expires_at').on(t.expiresAt),
    check(
      'account_tokens_purpose',
      sql`${t.purpose} IN ('verify_email', 'change_email', 'reset_password')`,
    ),
  ],
);

/** Addresses to which nothing is sent any more, since mail came back or somebody complained. */
export const mailSuppressions = pgTable('mail_suppressions', {
  /** SHA-256 in hex of the address in lower case. */
  addressHash: text('address_hash').primaryKey(),
  reason: text('reason').$type<Suppression>().notNull(),
  at: instant('at').notNull(),
});

/** Who asked to be reminded of a sale before it opens. */
export const reminders = pgTable(
  'reminders',
  {
    eventId: text('event_id')
      .$type<EventId>()
      .notNull()
      .references(() => events.id),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    createdAt: instant('created_at').notNull(),
    /** When its mail was put into the outbox; null while it waits. */
    queuedAt: instant('queued_at'),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.userId] }),
    index('reminders_user').on(t.userId),
    index('reminders_waiting').on(t.eventId).where(sql`${t.queuedAt} IS NULL`),
  ],
);
