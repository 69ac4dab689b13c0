/**
 * What accounts leave in the audit log besides what admins change of them: sign-ins of admins, and
 * new passwords of everybody. Customers' sign-ins are private, and too many.
 */
import { eq, type SQL, sql } from 'drizzle-orm';
import type { UserId } from '../../contract/ids.ts';
import { logAct, logChanges } from './audit.ts';
import { type Db, guarded } from './client.ts';
import { users } from './schema.ts';
import { insertUserStatement, type NewUser } from './users.ts';

/** Whoever failed to sign in, since nobody knows who that was. */
export const NOBODY = 'anonymous';
/** Of one admin's failed sign-ins, an entry at most so often: nobody fills the log. */
export const FAILURES_LOGGED_EVERY_MINUTES = 10;

/**
 * Behind `logSignInStatement`: whether it was not the account's first sign-in. Customers sign in when they
 * register, and admins are made by a command.
 */
export function isFurtherSignIn(userId: UserId): SQL {
  return sql`EXISTS (SELECT FROM users WHERE id = ${userId} AND (role = 'customer' OR EXISTS (
    SELECT FROM audit_log WHERE subject = ${userId} AND action = 'user.sign_in' OFFSET 1)))`;
}

/** Must follow `insertLoginStatement` in the batch; writes nothing where that added none, or for a customer. */
export function logSignInStatement(db: Db, signIn: { userId: UserId; loginId: string }) {
  const { userId, loginId } = signIn;
  const entry = { actor: userId, action: 'user.sign_in', subject: userId };
  const isAdmin = sql`EXISTS (SELECT FROM users WHERE id = ${userId} AND role = 'admin')`;
  const isBegun = sql`EXISTS (SELECT FROM logins WHERE id = ${loginId})`;
  return db.execute(logAct(entry, sql`${isAdmin} AND ${isBegun}`));
}

/** Must follow the change in the batch; `isChanged` is whether it took place. */
export function logNewPasswordStatement(
  db: Db,
  change: {
    userId: UserId;
    passwordHash: string;
    /** Whether by the password before it or by a link. */
    action: 'user.password' | 'user.password_reset';
  },
) {
  const { userId, passwordHash, action } = change;
  const entry = { actor: userId, action, subject: userId };
  const isChanged = sql`EXISTS (SELECT FROM users
    WHERE id = ${userId} AND password_hash = ${passwordHash})`;
  return db.execute(logAct(entry, isChanged));
}

export interface FailedSignIn {
  userId: UserId;
  /** See auth/attempt-keys.ts. */
  accountKey: string;
  /** Whoever is signed in, where it was the current password for a new one. */
  actor: UserId | typeof NOBODY;
}

/** A wrong password for an admin's account. */
export async function logFailedSignIn(db: Db, failed: FailedSignIn): Promise<void> {
  const { userId, accountKey, actor } = failed;
  const entry = { actor, action: 'user.sign_in_failed', subject: userId };
  const last = sql`(SELECT at FROM audit_log WHERE subject = ${userId}
    AND action = ${entry.action} ORDER BY id DESC LIMIT 1)`;
  const every = sql`make_interval(mins => ${FAILURES_LOGGED_EVERY_MINUTES}::int)`;
  const change = sql`SELECT NULL::jsonb, jsonb_build_object('failures', (
      SELECT count FROM sign_in_failures WHERE account_key = ${accountKey}))
    WHERE coalesce(${last} <= now() - ${every}, true)`;
  await guarded(() =>
    db.batch([
      // One entry, also where many fail at the same moment.
      db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('no key update'),
      db.execute(logChanges(entry, change)),
    ]),
  );
}

/** An admin who is made by a command. @returns false if the address has an account already. */
export async function insertAdmin(
  db: Db,
  admin: NewUser & { role: 'admin' },
  actor: string,
): Promise<boolean> {
  const { id, role } = admin;
  const entry = { actor, action: 'user.create', subject: id };
  const isMade = sql`EXISTS (SELECT FROM users WHERE id = ${id})`;
  const [made] = await guarded(() =>
    db.batch([
      insertUserStatement(db, admin),
      db.execute(
        logChanges(
          entry,
          sql`SELECT NULL::jsonb, ${JSON.stringify({ role })}::jsonb WHERE ${isMade}`,
        ),
      ),
    ]),
  );
  return made.length > 0;
}
