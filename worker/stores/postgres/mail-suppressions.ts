/** Addresses to which nothing is sent any more. Kept as digests: none can be read from them. */
import { createHash } from 'node:crypto';
import { type SQL, sql } from 'drizzle-orm';
import type { User } from '../../contract/accounts.ts';
import type { UserId } from '../../contract/ids.ts';
import type { Suppression } from '../../contract/mail-events.ts';
import { type Act, logChanges } from './audit.ts';
import { type Db, guarded } from './client.ts';
import { mailSuppressions } from './outbox-schema.ts';

export interface SuppressedAddresses {
  emails: readonly string[];
  reason: Suppression;
  nowMs: number;
}

/** The first reason that is known of an address stays. */
export async function suppressAddresses(
  db: Db,
  { emails, reason, nowMs }: SuppressedAddresses,
): Promise<void> {
  const at = new Date(nowMs);
  const hashes = new Set(emails.map(addressHash));
  const rows = [...hashes].map((hash) => ({ addressHash: hash, reason, at }));
  if (rows.length === 0) return;
  await guarded(() => db.insert(mailSuppressions).values(rows).onConflictDoNothing());
}

/** @returns why nothing is sent to an address any more; null where mail is sent. */
export async function findSuppression(db: Db, email: string): Promise<Suppression | null> {
  const { rows } = await guarded(() =>
    db.execute<{ reason: Suppression | null }>(
      sql`SELECT ${suppressionSql(sql`${email}::text`)} AS reason`,
    ),
  );
  return rows[0]?.reason ?? null;
}

/**
 * The same, for whoever has the account. That somebody complained is theirs alone to know, so it is not
 * told of an address that nobody has shown to be theirs; that mail comes back, anybody who writes learns.
 */
export async function ownSuppression(
  db: Db,
  { email, emailVerified }: Pick<User, 'email' | 'emailVerified'>,
): Promise<Suppression | null> {
  const reason = await findSuppression(db, email);
  return reason === 'complained' && !emailVerified ? null : reason;
}

/** Has mail sent again to the address of an account; written with its entry in the audit log. */
export async function liftSuppression(
  db: Db,
  id: UserId,
  { actor }: Act,
): Promise<'done' | 'not_found' | 'mail_not_suppressed'> {
  const entry = { actor, action: 'user.allow_mail', subject: id };
  const [found, logged] = await guarded(() =>
    db.batch([
      db.execute(sql`SELECT id FROM users WHERE id = ${id} FOR NO KEY UPDATE`),
      db.execute(sql`
        WITH lifted AS (
          DELETE FROM mail_suppressions s USING users u
           WHERE u.id = ${id} AND s.address_hash = ${hashSql(sql`u.email`)} RETURNING s.reason)
        ${logChanges(
          entry,
          sql`SELECT jsonb_build_object('mailSuppressed', reason), '{"mailSuppressed": null}'::jsonb FROM lifted`,
        )} RETURNING id`),
    ]),
  );
  if (found.rows.length === 0) return 'not_found';
  return logged.rows.length > 0 ? 'done' : 'mail_not_suppressed';
}

/** Why nothing is sent to an address, in lower case, or null. */
export function suppressionSql(email: SQL): SQL<Suppression | null> {
  return sql`(SELECT s.reason FROM mail_suppressions s WHERE s.address_hash = ${hashSql(email)})`;
}

function hashSql(email: SQL): SQL {
  return sql`encode(sha256(convert_to(${email}, 'UTF8')), 'hex')`;
}

function addressHash(email: string): string {
  return createHash('sha256').update(email.toLowerCase()).digest('hex');
}
