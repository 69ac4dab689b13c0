/** The table of idempotency keys, beside those of schema.ts: `npm run db:generate` reads both. */
import { index, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';

/**
 * Calls that make something and named a key, so that sending one again makes nothing more. Written in
 * the transaction that makes it.
 */
export const idempotencyKeys = pgTable(
  'idempotency_keys',
  {
    /** The user's id. */
    caller: text('caller').notNull(),
    /** As the API's description calls it. */
    operation: text('operation').notNull(),
    key: text('key').notNull(),
    /** SHA-256 of what was asked for, in hex. */
    requestHash: text('request_hash').notNull(),
    /** The id of what was made. */
    subject: text('subject').notNull(),
    /** The first answer's body; null until it was put together. */
    answer: jsonb('answer'),
    createdAt: timestamp('created_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.caller, t.operation, t.key] }),
    index('idempotency_keys_created_at').on(t.createdAt),
  ],
);
