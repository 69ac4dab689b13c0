/** The tables of logins and of wrong passwords, beside those of schema.ts. */
import { index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { UserId } from '../../contract/ids.ts';
import { instant } from './columns.ts';
import { users } from './schema.ts';

/** One per device that is signed in: a refresh token that is exchanged for the next one at each use. */
export const logins = pgTable(
  'logins',
  {
    id: text('id').primaryKey(),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    /** SHA-256 of the one secret that is valid now, in hex. */
    secretHash: text('secret_hash').notNull(),
    /** Of the secret that was exchanged for it, which is answered the same again for a moment. */
    previousSecretHash: text('previous_secret_hash'),
    /** What made the secret of the previous one; worth nothing without that. */
    successorSalt: text('successor_salt'),
    /** When the previous secret was exchanged. */
    rotatedAt: instant('rotated_at'),
    createdAt: instant('created_at').notNull(),
    /** Null for a login that was never refreshed. */
    lastUsedAt: instant('last_used_at'),
    /** What the browser called itself at the sign-in, in short. */
    device: text('device'),
    expiresAt: instant('expires_at').notNull(),
  },
  (t) => [index('logins_user').on(t.userId), index('logins_expires_at').on(t.expiresAt)],
);

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
