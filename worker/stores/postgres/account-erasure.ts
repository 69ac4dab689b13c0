/**
 * Erasing a person in Postgres, once their account was deleted and holds nothing any more. What stays is
 * the row's id, so that orders and the audit log keep their sense; it names nobody. Doing it twice changes
 * nothing.
 */
import { and, eq, inArray, isNotNull, not, sql } from 'drizzle-orm';
import { attemptKeys } from '../../auth/attempt-keys.ts';
import type { UserId } from '../../contract/ids.ts';
import { customerAddresses } from './address-schema.ts';
import { type Db, guarded, instant } from './client.ts';
import { idempotencyKeys } from './idempotency-schema.ts';
import { accountTokens, reminders } from './outbox-schema.ts';
import { pushSubscriptions } from './push-schema.ts';
import { users } from './schema.ts';
import { logins, signInFailures } from './sign-in-schema.ts';

/** No account can be made with an address there, since no domain has an underscore. */
const ERASED_DOMAIN = 'deleted_account.invalid';
/** No password has such a hash. */
const NO_PASSWORD = 'erased';

/** @returns undefined for an account that is not there, or was not deleted by its owner. */
export async function findDeletedAccount(
  db: Db,
  userId: UserId,
): Promise<{ email: string } | undefined> {
  const [account] = await guarded(() =>
    db
      .select({ email: users.email })
      .from(users)
      .where(and(eq(users.id, userId), not(users.active), isNotNull(users.deletedAt))),
  );
  return account;
}

/** Frees the address too. The account must be one that `findDeletedAccount` found. */
export async function erasePerson(
  db: Db,
  { userId, email, nowMs }: { userId: UserId; email: string; nowMs: number },
): Promise<void> {
  const { account, change = account } = attemptKeys({ email, network: '', changedBy: userId });
  await guarded(() =>
    db.batch([
      db.update(users).set(erased(userId)).where(eq(users.id, userId)),
      db.delete(pushSubscriptions).where(eq(pushSubscriptions.userId, userId)),
      db.delete(logins).where(eq(logins.userId, userId)),
      db.delete(accountTokens).where(eq(accountTokens.userId, userId)),
      db.delete(reminders).where(eq(reminders.userId, userId)),
      db.delete(customerAddresses).where(eq(customerAddresses.customerId, userId)),
      // That of an order that was paid is kept as long as the law asks for: see ADDRESS_KEEP_DAYS.
      db.execute(sql`DELETE FROM order_addresses a USING orders o
        WHERE o.customer_id = ${userId} AND a.order_id = o.id
          AND NOT (o.status = 'confirmed' AND o.payment_id IS NOT NULL)`),
      db.delete(idempotencyKeys).where(eq(idempotencyKeys.caller, userId)),
      // What failed from one network has a digest of both, and is forgotten within a day.
      db.delete(signInFailures).where(inArray(signInFailures.accountKey, [account, change])),
      eraseOutboxStatement(db, { userId, email, nowMs }),
      // Keys are the customer's own words. The empty one says that a hold ended with the account. What admins
      // wrote of an order, and where its parcel is shown, tell of the customer.
      db.execute(sql`
        UPDATE orders SET reserve_key = NULL, confirm_key = NULL,
               cancel_key = CASE WHEN cancel_key = '' THEN '' END, note = NULL, tracking_url = NULL
         WHERE customer_id = ${userId}
           AND (reserve_key IS NOT NULL OR confirm_key IS NOT NULL OR cancel_key <> ''
                OR note IS NOT NULL OR tracking_url IS NOT NULL)`),
    ]),
  );
}

function erased(userId: UserId) {
  return {
    email: `${userId}@${ERASED_DOMAIN}`,
    displayName: '',
    passwordHash: NO_PASSWORD,
    role: 'customer',
    language: 'en',
    emailVerifiedAt: null,
    endedLogins: {},
  } as const;
}

/**
 * Mails that wait, and those that an admin might have sent again, are sent no more, but the last one. How
 * much was sent to an address goes on being counted, by a digest: or whoever deletes an account could have
 * it sent as much again.
 */
function eraseOutboxStatement(
  db: Db,
  { userId, email, nowMs }: { userId: UserId; email: string; nowMs: number },
) {
  const mayBeSent = sql`(outcome IS NULL OR outcome = 'given_up')`;
  return db.execute(sql`
    UPDATE outbox SET user_id = NULL, payload = NULL, lease_id = NULL, leased_until = NULL,
           last_error = CASE WHEN ${mayBeSent} THEN 'account_gone' ELSE last_error END,
           ended_at = CASE WHEN ${mayBeSent} THEN ${instant(nowMs)} ELSE ended_at END,
           outcome = CASE WHEN ${mayBeSent} THEN 'dropped' ELSE outcome END
     WHERE kind NOT IN ('account.erase', 'mail.account_deleted')
       AND (user_id = ${userId} OR (${mayBeSent} AND payload ->> 'email' = ${email}))`);
}
