/** The table of devices that are told by notifications, beside those of schema.ts. */
import { bigint, index, pgTable, text } from 'drizzle-orm/pg-core';
import type { UserId } from '../../contract/ids.ts';
import type { Language } from '../../contract/languages.ts';
import { instant } from './columns.ts';
import { users } from './schema.ts';
import { logins } from './sign-in-schema.ts';

/**
 * One at most for each login, and so no more of a user than logins: it ends with its login, also where the
 * oldest one makes room for a new one.
 */
export const pushSubscriptions = pgTable(
  'push_subscriptions',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    userId: text('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    loginId: text('login_id')
      .notNull()
      .unique('push_subscriptions_login')
      .references(() => logins.id, { onDelete: 'cascade' }),
    /** An address of the browser’s push service: whoever knows it and the keys can tell the device. */
    endpoint: text('endpoint').notNull().unique('push_subscriptions_endpoint'),
    /** The device’s public key and its secret, in base64url: what is sent is encrypted for them. */
    p256dh: text('p256dh').notNull(),
    auth: text('auth').notNull(),
    language: text('language').$type<Language>().notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('push_subscriptions_user').on(t.userId)],
);
