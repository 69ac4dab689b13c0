/** The table of wrong passwords, beside those of schema.ts. */
import { index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** Passwords that were wrong lately, by account, network and device: see sign-in-failures.ts. */
export const signInFailures = pgTable(
  'sign_in_failures',
  {
    /** SHA-256 in hex of what is counted by: see auth/attempt-keys.ts. */
    accountKey: text('account_key').primaryKey(),
    count: integer('count').notNull(),
    lastAt: timestamp('last_at', { withTimezone: true, precision: 3 }).notNull(),
  },
  (t) => [index('sign_in_failures_last_at').on(t.lastAt)],
);
