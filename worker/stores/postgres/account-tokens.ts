/**
 * Links for one use in Postgres: made when their mail is worked off, and ended by use, by time, or by what
 * makes them dangerous. Keeps hashes alone; what a link does is in email-addresses.ts and
 * password-resets.ts.
 */
import { and, eq, gt, inArray, isNull, lte, type SQL, sql } from 'drizzle-orm';
import {
  ACCOUNT_TOKEN_MS,
  type AccountToken,
  type AccountTokenPurpose,
  accountTokenOf,
  accountTokenText,
} from '../../auth/account-tokens.ts';
import { hashOf } from '../../auth/refresh-tokens.ts';
import type { User } from '../../contract/accounts.ts';
import type { UserId } from '../../contract/ids.ts';
import { withdrawStatement } from './account-mails.ts';
import { type Db, guarded, instant } from './client.ts';
import { accountTokens } from './outbox-schema.ts';
import { users } from './schema.ts';
import { userColumns } from './users.ts';

/** Longer than any link is good: a link that is old is as unknown as one that never was. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

export interface LinkToIssue {
  /** JWT_SECRET, and the one before it where there is one. */
  secrets: readonly [string, ...string[]];
  purpose: AccountTokenPurpose;
  /** Of the outbox row that sends the link; the row is there and has not ended. */
  rowKey: string;
  userId: UserId;
  /** Where it is sent, in lower case: the account's own address, or with change_email its next one. */
  email: string;
  nowMs: number;
}

/**
 * The token of a link for one use. Of one row it is the same at each try, also where the first try was
 * made with the secret before, and its time counts from the first.
 * @returns `<id>.<secret>`; undefined where there is nothing to send any more: the account is deactivated
 *   or gone or has another address, what it asked for was done or withdrawn, or the link's time is over.
 */
export async function issueAccountToken(db: Db, link: LinkToIssue): Promise<string | undefined> {
  const { secrets, purpose, rowKey, userId, email, nowMs } = link;
  const [current, ...before] = secrets;
  const token = accountTokenOf(current, purpose, rowKey);
  const expiresAtMs = nowMs + ACCOUNT_TOKEN_MS[purpose];
  const [, , found] = await guarded(() =>
    db.batch([
      // A new password withdraws links and rows under the same lock, and is then seen below.
      db.execute(sql`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`),
      db.execute(sql`
        INSERT INTO account_tokens (id, user_id, purpose, email, secret_hash, created_at, expires_at)
        SELECT ${token.id}::text, u.id, ${purpose}::text, ${email}::text, ${hashOf(token.secret)}::text,
               ${instant(nowMs)}, ${instant(expiresAtMs)}
          FROM users u WHERE u.id = ${userId} AND ${mayHave(purpose, email)}
           AND EXISTS (SELECT FROM outbox WHERE key = ${rowKey} AND outcome IS NULL)
            ON CONFLICT (id) DO NOTHING`),
      db.execute<{ secretHash: string }>(sql`
        SELECT t.secret_hash AS "secretHash" FROM account_tokens t JOIN users u ON u.id = t.user_id
         WHERE t.id = ${token.id} AND t.used_at IS NULL AND t.expires_at > ${instant(nowMs)}
           AND t.purpose = ${purpose} AND t.user_id = ${userId} AND t.email = ${email}
           AND ${mayHave(purpose, email)}`),
    ]),
  );
  const stored = found.rows[0]?.secretHash;
  const made = [token, ...before.map((secret) => accountTokenOf(secret, purpose, rowKey))];
  const sent = made.find(({ secret }) => hashOf(secret) === stored);
  return sent && accountTokenText(sent);
}

export interface Link {
  user: User;
  purpose: AccountTokenPurpose;
  /** The address that it was sent to. */
  email: string;
  isUsed: boolean;
}

/** @returns undefined for a link that is unknown or old, and for one of an account that may not be entered. */
export async function findLink(
  db: Db,
  token: AccountToken,
  nowMs: number,
): Promise<Link | undefined> {
  const { id, secret } = token;
  const [link] = await guarded(() =>
    db
      .select({
        user: userColumns,
        purpose: accountTokens.purpose,
        email: accountTokens.email,
        usedAt: accountTokens.usedAt,
      })
      .from(accountTokens)
      .innerJoin(users, eq(users.id, accountTokens.userId))
      .where(
        and(
          eq(accountTokens.id, id),
          eq(accountTokens.secretHash, hashOf(secret)),
          gt(accountTokens.expiresAt, new Date(nowMs)),
          users.active,
          isNull(users.deletedAt),
        ),
      ),
  );
  if (link === undefined) return undefined;
  const { usedAt, ...rest } = link;
  return { ...rest, isUsed: usedAt !== null };
}

/** A link's row `t`, where it is the one that was shown and its time is not over. */
export function isShown({ id, secret }: AccountToken, nowMs: number): SQL {
  return sql`t.id = ${id} AND t.secret_hash = ${hashOf(secret)} AND t.expires_at > ${instant(nowMs)}`;
}

/** Whether the account `u` may be entered at all. */
export const isOpen: SQL = sql`u.active AND u.deleted_at IS NULL`;

/**
 * Ends links of one account; their rows stay, so that a mail that is sent again makes none anew. Goes
 * under a lock of the user's row.
 */
export function endLinksStatement(
  db: Db,
  links: { userId: UserId; purposes: AccountTokenPurpose[]; when: SQL; nowMs: number },
) {
  const { userId, purposes, when, nowMs } = links;
  return db
    .update(accountTokens)
    .set({ usedAt: new Date(nowMs) })
    .where(
      and(
        eq(accountTokens.userId, userId),
        inArray(accountTokens.purpose, purposes),
        isNull(accountTokens.usedAt),
        when,
      ),
    );
}

/**
 * Behind a new password: links that were asked for before it end, sent or not. Whoever knew the old one
 * may have asked for the address to be changed.
 * @param change `passwordHash` is the new one; nothing happens where the account has another.
 */
export function withdrawLinksStatements(
  db: Db,
  change: { userId: UserId; passwordHash: string; recipientKey: string; nowMs: number },
) {
  const { userId, passwordHash, recipientKey, nowMs } = change;
  const when = sql`EXISTS (SELECT FROM users WHERE id = ${userId} AND password_hash = ${passwordHash})`;
  const isAsked = sql`((kind = 'mail.change_email' AND user_id = ${userId})
    OR (kind = 'mail.reset_password' AND recipient_key = ${recipientKey}))`;
  return [
    endLinksStatement(db, { userId, purposes: ['change_email', 'reset_password'], when, nowMs }),
    withdrawStatement(db, sql`${isAsked} AND ${when}`, nowMs),
  ];
}

/** At most `limit` rows, the oldest first. */
export function deleteOldLinksStatement(
  db: Db,
  { nowMs, limit }: { nowMs: number; limit: number },
) {
  const old = db
    .select({ id: accountTokens.id })
    .from(accountTokens)
    .where(lte(accountTokens.expiresAt, new Date(nowMs - KEPT_MS)))
    .orderBy(accountTokens.expiresAt)
    .limit(limit);
  return db.delete(accountTokens).where(inArray(accountTokens.id, old));
}

/** Whether the account `u` may be sent such a link to the address. */
function mayHave(purpose: AccountTokenPurpose, email: string): SQL {
  if (purpose === 'change_email') return sql`${isOpen} AND u.email <> ${email}`;
  const isOwn = sql`${isOpen} AND u.email = ${email}`;
  return purpose === 'verify_email' ? sql`${isOwn} AND u.email_verified_at IS NULL` : isOwn;
}
