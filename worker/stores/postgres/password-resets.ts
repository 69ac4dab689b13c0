/** A forgotten password: the mail that is asked for, and the new password that its link gives. */
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { AccountToken } from '../../auth/account-tokens.ts';
import type { AttemptKeys } from '../../auth/attempt-keys.ts';
import type { User } from '../../contract/accounts.ts';
import { type AccountMail, accountMailStatements } from './account-mails.ts';
import { isOpen, isShown, withdrawLinksStatements } from './account-tokens.ts';
import { logNewPasswordStatement } from './account-trail.ts';
import { type Db, guarded, instant } from './client.ts';
import { insertLoginStatement, type NewLogin } from './logins.ts';
import { users } from './schema.ts';
import { forgetFailuresStatements } from './sign-in-failures.ts';
import { logins } from './sign-in-schema.ts';

/** The same work whether or not the address has an account: nothing of accounts is read. */
export async function askForReset(db: Db, mail: AccountMail<'mail.reset_password'>): Promise<void> {
  const [lock, ...rest] = accountMailStatements(db, mail);
  if (lock !== undefined) await guarded(() => db.batch([lock, ...rest]));
}

/**
 * Ends rows that are due for addresses without an account. There may be any number of them, since anybody
 * can ask, and each would take the turn of a mail that somebody waits for. At most `limit`.
 */
export async function dropResetsOfNobody(
  db: Db,
  { nowMs, limit }: { nowMs: number; limit: number },
): Promise<void> {
  const now = instant(nowMs);
  await guarded(() =>
    db.execute(sql`
      UPDATE outbox SET outcome = 'dropped', last_error = 'account_gone', payload = NULL, ended_at = ${now}
       WHERE id IN (
         SELECT o.id FROM outbox o
          WHERE o.outcome IS NULL AND o.kind = 'mail.reset_password' AND o.lease_id IS NULL
            -- All of them have this priority, by which they are found among many mails that wait.
            AND o.priority = 0 AND o.due_at <= ${now}
            AND NOT EXISTS (SELECT FROM users u WHERE u.email = o.payload ->> 'email' AND ${isOpen})
          ORDER BY o.priority, o.due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`),
  );
}

export interface PasswordReset {
  token: AccountToken;
  /** Whose link it was when it was looked at. */
  user: User;
  /** See auth/account-tokens.ts. */
  recipientKey: string;
  newPasswordHash: string;
  keys: AttemptKeys;
  login: NewLogin;
  /** That the password was changed. */
  notice: AccountMail<'mail.password_changed'> | undefined;
  nowMs: number;
}

/**
 * Uses the link up, replaces the password, ends all logins and all other links of the account, and begins
 * a login. The address is its owner's, since the link was sent there. Of many at once one wins.
 * @returns the new epoch; undefined, with nothing changed, where the link is no longer good.
 */
export async function resetPassword(db: Db, reset: PasswordReset): Promise<number | undefined> {
  const { token, user, newPasswordHash: passwordHash, login, nowMs } = reset;
  const userId = user.id;
  // A salted hash is like no other: where it is, the link has put it.
  const changed = and(eq(users.id, userId), eq(users.passwordHash, passwordHash));
  const isChanged = db.select({ id: users.id }).from(users).where(changed);
  const [, done] = await guarded(() =>
    db.batch([
      db.execute(sql`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`),
      db.execute<{ epoch: number }>(sql`
        WITH used AS (
          UPDATE account_tokens t SET used_at = ${instant(nowMs)} FROM users u
           WHERE ${isShown(token, nowMs)} AND t.purpose = 'reset_password' AND t.used_at IS NULL
             AND u.id = t.user_id AND u.id = ${userId} AND u.email = t.email AND ${isOpen}
          RETURNING t.user_id)
        UPDATE users SET password_hash = ${passwordHash}, session_epoch = session_epoch + 1,
               email_verified_at = coalesce(email_verified_at, ${instant(nowMs)})
         WHERE id IN (SELECT user_id FROM used) RETURNING session_epoch AS epoch`),
      db.delete(logins).where(inArray(logins.userId, isChanged)),
      insertLoginStatement(db, { userId, passwordHash }, login),
      logNewPasswordStatement(db, { userId, passwordHash, action: 'user.password_reset' }),
      ...forgetFailuresStatements(db, { keys: reset.keys, byDevice: false }),
      ...withdrawLinksStatements(db, { ...reset, userId, passwordHash }),
      ...accountMailStatements(db, reset.notice, sql`EXISTS ${isChanged}`),
    ]),
  );
  return done.rows[0]?.epoch;
}
