/** Addresses of accounts: asking for a link that verifies one, asking for another one, and using the link. */
import { type SQL, sql } from 'drizzle-orm';
import type { AccountToken, AccountTokenPurpose } from '../../auth/account-tokens.ts';
import type { User } from '../../contract/accounts.ts';
import type { LoginId, UserId } from '../../contract/ids.ts';
import {
  type AccountMail,
  accountMailStatements,
  inOrder,
  withdrawStatement,
} from './account-mails.ts';
import { endLinksStatement, isOpen, isShown } from './account-tokens.ts';
import { logAct } from './audit.ts';
import { type Db, guarded, instant, isConflict } from './client.ts';
import { loginGoesOn } from './ended-logins.ts';
import { type Counted, forgetFailuresStatements } from './sign-in-failures.ts';

/** For an account whose address is not verified; for another one nothing is written. */
export async function askForVerification(
  db: Db,
  userId: UserId,
  mail: AccountMail<'mail.verify_email'>,
): Promise<void> {
  const isOpenStill = sql`EXISTS (SELECT FROM users u
    WHERE u.id = ${userId} AND u.email_verified_at IS NULL AND ${isOpen})`;
  const [lock, ...rest] = accountMailStatements(db, mail, isOpenStill);
  if (lock !== undefined) await guarded(() => db.batch([lock, ...rest]));
}

export interface EmailChange {
  user: User;
  /** As it was when the password was found correct. */
  sessionEpoch: number;
  loginId?: LoginId | undefined;
  counted: Counted;
  /** To the new address, with its link. */
  toNext: AccountMail<'mail.change_email'>;
  /** To the present one. */
  toPresent: AccountMail<'mail.email_change_asked'>;
  nowMs: number;
}

/**
 * Has a link sent to the next address, in place of those that were asked for before. The same work
 * whether or not that address has an account.
 * @returns false, with nothing written, if the account's logins were ended meanwhile.
 */
export async function askForEmailChange(db: Db, change: EmailChange): Promise<boolean> {
  const { user, sessionEpoch, loginId, counted, toNext, toPresent, nowMs } = change;
  const goesOn = loginGoesOn(loginId) ?? sql`true`;
  const may = sql`SELECT id FROM users WHERE id = ${user.id} AND email = ${user.email}
    AND active AND deleted_at IS NULL AND session_epoch = ${sessionEpoch} AND ${goesOn}`;
  const isAsked = sql`EXISTS (SELECT FROM outbox WHERE key = ${toNext.key})`;
  const purposes: AccountTokenPurpose[] = ['change_email'];
  const [found] = await guarded(() =>
    db.batch([
      // Also counts those of one account one by one, whatever addresses they go to.
      db.execute(sql`${may} FOR NO KEY UPDATE`),
      ...forgetFailuresStatements(db, counted),
      ...inOrder([toNext, toPresent]).flatMap((mail) =>
        accountMailStatements(db, mail, sql`EXISTS (${may})`),
      ),
      endLinksStatement(db, { userId: user.id, purposes, when: isAsked, nowMs }),
      withdrawStatement(
        db,
        sql`kind = 'mail.change_email' AND user_id = ${user.id} AND key <> ${toNext.key} AND ${isAsked}`,
        nowMs,
      ),
    ]),
  );
  return found.rows.length > 0;
}

export interface ShownLink {
  token: AccountToken;
  /** Whose link it was when it was looked at, with the address of that moment. */
  userId: UserId;
  nowMs: number;
}

/** @returns whether the link was good: the account's address, to which it was sent, is verified. */
export async function verifyEmail(db: Db, { token, userId, nowMs }: ShownLink): Promise<boolean> {
  const [, verified] = await guarded(() =>
    db.batch([
      lockUserStatement(db, userId),
      db.execute<{ id: UserId }>(sql`
        WITH used AS (
          UPDATE account_tokens t SET used_at = ${instant(nowMs)} FROM users u
           WHERE ${isGood('verify_email', { token, userId, nowMs })} AND u.email = t.email
          RETURNING t.user_id)
        UPDATE users SET email_verified_at = coalesce(email_verified_at, ${instant(nowMs)})
         WHERE id IN (SELECT user_id FROM used) RETURNING id`),
    ]),
  );
  return verified.rows.length > 0;
}

/**
 * Gives the account the address that the link was sent to, and ends its other links.
 * @param notice to the address before, that it was changed.
 */
export async function changeEmail(
  db: Db,
  link: ShownLink & { email: string; notice: AccountMail<'mail.email_changed'> | undefined },
): Promise<'done' | 'link_invalid' | 'email_taken'> {
  const { userId, email, notice, nowMs } = link;
  const isFree = sql`NOT EXISTS (SELECT FROM users o WHERE o.email = t.email)`;
  const isChanged = sql`EXISTS (SELECT FROM account_tokens t JOIN users u ON u.id = t.user_id
    WHERE ${isShown(link.token, nowMs)} AND t.used_at = ${instant(nowMs)} AND u.email = t.email)`;
  const purposes: AccountTokenPurpose[] = ['change_email', 'verify_email', 'reset_password'];
  try {
    const [, changed, , , , taken] = await guarded(() =>
      db.batch([
        lockUserStatement(db, userId),
        db.execute<{ id: UserId }>(sql`
          WITH used AS (
            UPDATE account_tokens t SET used_at = ${instant(nowMs)} FROM users u
             WHERE ${isGood('change_email', link)} AND ${isFree}
            RETURNING t.user_id, t.email)
          UPDATE users SET email = used.email, email_verified_at = ${instant(nowMs)}
            FROM used WHERE users.id = used.user_id RETURNING users.id`),
        endLinksStatement(db, { userId, purposes, when: isChanged, nowMs }),
        withdrawStatement(
          db,
          sql`kind = 'mail.change_email' AND user_id = ${userId} AND ${isChanged}`,
          nowMs,
        ),
        db.execute(logAct({ actor: userId, action: 'user.email', subject: userId }, isChanged)),
        db.execute(sql`SELECT id FROM users WHERE email = ${email} AND id <> ${userId}`),
        ...accountMailStatements(db, notice, isChanged),
      ]),
    );
    if (changed.rows.length > 0) return 'done';
    return taken.rows.length > 0 ? 'email_taken' : 'link_invalid';
  } catch (error) {
    // Somebody registered with the address at the same moment.
    if (isConflict(error)) return 'email_taken';
    throw error;
  }
}

function lockUserStatement(db: Db, userId: UserId) {
  return db.execute(sql`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`);
}

function isGood(purpose: AccountTokenPurpose, { token, userId, nowMs }: ShownLink): SQL {
  return sql`${isShown(token, nowMs)} AND t.purpose = ${purpose} AND t.used_at IS NULL
    AND u.id = t.user_id AND u.id = ${userId} AND ${isOpen}`;
}
