/**
 * Ending logins in Postgres, all of a user's or one by one. The user's row is locked first and logins
 * are deleted then: both wait for, or are seen by, a sign-in that happens at the same moment.
 */
import { and, desc, eq, gt, inArray, ne, not, type SQL, sql } from 'drizzle-orm';
import type { LoginId, UserId } from '../../contract/ids.ts';
import { type Db, guarded } from './client.ts';
import { users } from './schema.ts';
import { logins } from './sign-in-schema.ts';

/** Devices of one user; signing in on one more ends the oldest login. */
export const LOGINS_PER_USER_MAX = 10;

/**
 * How long a token outlives its login at the most, and so how long an ended login is remembered. No
 * less than ACCESS_TOKEN_MS of auth/tokens.ts, by more than the clocks of two isolates differ.
 */
export const ENDED_LOGIN_MS = 11 * 60 * 1_000;

/**
 * Ended logins that a user's row remembers. Past it the epoch is raised in their place: all tokens of
 * the user are refused, and each device that is still signed in gets its next one by its cookie.
 */
export const ENDED_LOGINS_MAX = 50;

/** What a login is called outside the cookie: made of its id there, which cannot be found from it. */
export const LOGIN_ID = sql<LoginId>`'lgn_' || left(encode(sha256(convert_to(${logins.id}, 'UTF8')), 'hex'), 32)`;

/**
 * Ends all logins of a user, tokens included. To be run in this order and in one `db.batch`, in
 * which other statements may stand beside them.
 */
export function endLoginsStatements(db: Db, userId: UserId) {
  return [
    db.update(users).set(nextEpoch).where(eq(users.id, userId)),
    db.delete(logins).where(eq(logins.userId, userId)),
  ] as const;
}

/**
 * The same where the user is not active by now, and nothing otherwise; goes behind the statement
 * that may have deactivated them.
 */
export function endDeactivatedLoginsStatements(db: Db, userId: UserId) {
  const isShutOut = and(eq(users.id, userId), not(users.active));
  return [
    db.update(users).set(nextEpoch).where(isShutOut),
    db
      .delete(logins)
      .where(inArray(logins.userId, db.select({ id: users.id }).from(users).where(isShutOut))),
  ] as const;
}

/** Refuses all tokens that a user was given so far; each login that goes on gets its next one. */
export async function endTokens(
  db: Db,
  { userId, sessionEpoch }: { userId: UserId; sessionEpoch: number },
): Promise<void> {
  const isSame = and(eq(users.id, userId), eq(users.sessionEpoch, sessionEpoch));
  await guarded(() => db.update(users).set(nextEpoch).where(isSame));
}

/** Ends one login of a user and its tokens. @returns false if they have no such login. */
export async function endLogin(
  db: Db,
  login: { userId: UserId; loginId: LoginId; nowMs: number },
): Promise<boolean> {
  const isIt = and(eq(logins.userId, login.userId), sql`${LOGIN_ID} = ${login.loginId}`);
  return (await endWhere(db, isIt, login.nowMs)) !== undefined;
}

/**
 * Ends the login that was shown with a secret other than its own: somebody has used that secret
 * already, and nobody can know which of the two is the user. Their other logins go on.
 * @returns the user; undefined if there is no such login, or the secret is the right one.
 */
export async function endReusedLogin(
  db: Db,
  shown: { id: string; secretHash: string; nowMs: number },
): Promise<UserId | undefined> {
  const isReused = and(
    eq(logins.id, shown.id),
    ne(logins.secretHash, shown.secretHash),
    gt(logins.expiresAt, new Date(shown.nowMs)),
  );
  return endWhere(db, isReused, shown.nowMs);
}

/** Goes behind `insertLoginStatement`, under its lock. */
export function endOldestLoginsStatement(db: Db, userId: UserId, nowMs: number) {
  const kept = db
    .select({ id: logins.id })
    .from(logins)
    .where(eq(logins.userId, userId))
    .orderBy(desc(logins.createdAt), desc(logins.id))
    .limit(LOGINS_PER_USER_MAX);
  const isOld = sql`${eq(logins.userId, userId)} AND ${logins.id} NOT IN ${kept}`;
  return endStatement(db, isOld, nowMs);
}

/** That a token's login was not ended alone; a token from before logins had ids names none. */
export function loginGoesOn(loginId: LoginId | undefined): SQL | undefined {
  return loginId === undefined ? undefined : sql`NOT ${users.endedLogins} ? ${loginId}`;
}

const nextEpoch = { sessionEpoch: sql`${users.sessionEpoch} + 1` };

async function endWhere(
  db: Db,
  which: SQL | undefined,
  nowMs: number,
): Promise<UserId | undefined> {
  const owners = db.select({ userId: logins.userId }).from(logins).where(which);
  const [, ended] = await guarded(() =>
    db.batch([
      db.select({ id: users.id }).from(users).where(inArray(users.id, owners)).for('no key update'),
      endStatement(db, which, nowMs),
    ]),
  );
  return ended.rows[0]?.id;
}

/** Deletes logins of one user, whose row is locked, and remembers them there. */
function endStatement(db: Db, which: SQL | undefined, nowMs: number) {
  const remembered = sql`(SELECT jsonb_object_agg(key, value) FROM (
      SELECT key, value FROM jsonb_each(u.ended_logins)
       WHERE value::bigint > ${nowMs - ENDED_LOGIN_MS}::bigint
      UNION ALL SELECT login_id, to_jsonb(${nowMs}::bigint) FROM gone) AS ended)`;
  return db.execute<{ id: UserId }>(sql`
    WITH gone AS (
      DELETE FROM ${logins} WHERE ${which}
      RETURNING ${logins.userId} AS user_id, ${LOGIN_ID} AS login_id
    ), next AS (
      SELECT u.id, ${remembered} AS ended FROM users u WHERE u.id IN (SELECT user_id FROM gone)
    ), sized AS (
      SELECT id, ended, (SELECT count(*) FROM jsonb_object_keys(ended)) > ${ENDED_LOGINS_MAX} AS is_full
        FROM next
    )
    UPDATE users SET ended_logins = CASE WHEN is_full THEN '{}' ELSE sized.ended END,
           session_epoch = session_epoch + CASE WHEN is_full THEN 1 ELSE 0 END
      FROM sized WHERE users.id = sized.id RETURNING users.id`);
}
