/**
 * Logins in Postgres: one row per device that is signed in, with the hash of the secret that is good
 * for its next refresh, and of the one before it. How they end is in ended-logins.ts.
 */
import { and, desc, eq, gt, inArray, lte, or, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { User } from '../../contract/accounts.ts';
import type { LoginId, UserId } from '../../contract/ids.ts';
import { type Db, guarded } from './client.ts';
import { LOGIN_ID, LOGINS_PER_USER_MAX } from './ended-logins.ts';
import { users } from './schema.ts';
import { logins } from './sign-in-schema.ts';
import { userColumns } from './users.ts';

/**
 * How long a secret that was exchanged is answered with the same successor: its first answer may have
 * been lost, and two tabs may ask at once. Well above how long a browser waits for an answer.
 */
export const REFRESH_GRACE_MS = 60_000;

export interface NewLogin {
  id: string;
  secretHash: string;
  createdAtMs: number;
  expiresAtMs: number;
  /** What the browser calls itself, in short; null if it does not. */
  device: string | null;
}

export interface Rotation {
  id: string;
  /** Of the secret that was shown. */
  secretHash: string;
  /** What becomes of it if it is shown for the first time. */
  next: { secretHash: string; salt: string };
  nowMs: number;
}

export interface LoginHolder {
  user: User;
  sessionEpoch: number;
  loginId: LoginId;
  /** Of the secret that is good now, and what makes it from the one that was shown. */
  secretHash: string;
  salt: string;
  expiresAtMs: number;
}

export interface ListedLogin {
  id: LoginId;
  createdAt: Date;
  lastUsedAt: Date;
  device: string | null;
}

/**
 * Exchanges a login's secret for the next one. Of any number of calls with one secret the first gives
 * it its successor, and the others, for REFRESH_GRACE_MS and until that successor is used, find it.
 * @returns undefined if the login has ended or was given another secret, or its user may not enter.
 */
export async function rotateLogin(db: Db, rotation: Rotation): Promise<LoginHolder | undefined> {
  const { id, secretHash, next, nowMs } = rotation;
  // Postgres looks at the row as it is once it has the row's lock, here and in the condition.
  const isFirst = sql`${logins.secretHash} = ${secretHash}`;
  const ifFirst = (value: SQL, kept: SQLWrapper) =>
    sql`CASE WHEN ${isFirst} THEN ${value} ELSE ${kept} END`;
  const [row] = await guarded(() =>
    db
      .update(logins)
      .set({
        secretHash: ifFirst(sql`${next.secretHash}`, logins.secretHash),
        previousSecretHash: secretHash,
        successorSalt: ifFirst(sql`${next.salt}`, logins.successorSalt),
        rotatedAt: ifFirst(instant(nowMs), logins.rotatedAt),
        lastUsedAt: new Date(nowMs),
      })
      .from(users)
      .where(and(eq(logins.id, id), isGood(rotation), eq(users.id, logins.userId), users.active))
      .returning({
        user: userColumns,
        sessionEpoch: users.sessionEpoch,
        loginId: LOGIN_ID,
        secretHash: logins.secretHash,
        salt: logins.successorSalt,
        expiresAt: logins.expiresAt,
      }),
  );
  if (row === undefined || row.salt === null) return undefined;
  const { expiresAt, salt, ...account } = row;
  return { ...account, salt, expiresAtMs: expiresAt.getTime() };
}

/** @returns undefined unless the login goes on and the secret is, or was until a moment ago, its own. */
export async function findLogin(
  db: Db,
  shown: Pick<Rotation, 'id' | 'secretHash' | 'nowMs'>,
): Promise<{ userId: UserId; loginId: LoginId } | undefined> {
  const [row] = await guarded(() =>
    db
      .select({ userId: logins.userId, loginId: LOGIN_ID })
      .from(logins)
      .where(and(eq(logins.id, shown.id), isGood(shown))),
  );
  return row;
}

/** Those of a user that go on, the last used first. */
export async function listLogins(db: Db, userId: UserId, nowMs: number): Promise<ListedLogin[]> {
  const usedAt = sql`coalesce(${logins.lastUsedAt}, ${logins.createdAt})`;
  return guarded(() =>
    db
      .select({
        id: LOGIN_ID,
        createdAt: logins.createdAt,
        lastUsedAt: usedAt.mapWith(logins.createdAt),
        device: logins.device,
      })
      .from(logins)
      .where(and(eq(logins.userId, userId), gt(logins.expiresAt, new Date(nowMs))))
      .orderBy(desc(usedAt), desc(logins.id))
      .limit(LOGINS_PER_USER_MAX),
  );
}

/** Who may be given a login: an active user, as they were when they were last looked at. */
export interface Holder {
  userId: UserId;
  /** Left out where the password tells enough. */
  sessionEpoch?: number;
  /** Where it must not have changed either. */
  passwordHash?: string;
}

/**
 * Adds a login for an active user whose logins were not ended since the epoch was read; adds and
 * returns no row otherwise. Locks the user's row, so that logins of one user come one by one.
 */
export function insertLoginStatement(
  db: Db,
  { userId, sessionEpoch, passwordHash }: Holder,
  login: NewLogin,
) {
  return db
    .insert(logins)
    .select(
      db
        .select({
          id: sql<string>`${login.id}`.as('id'),
          userId: users.id,
          secretHash: sql<string>`${login.secretHash}`.as('secret_hash'),
          previousSecretHash: sql<null>`NULL::text`.as('previous_secret_hash'),
          successorSalt: sql<null>`NULL::text`.as('successor_salt'),
          rotatedAt: sql<null>`NULL::timestamptz`.as('rotated_at'),
          createdAt: instant(login.createdAtMs).as('created_at'),
          lastUsedAt: sql<null>`NULL::timestamptz`.as('last_used_at'),
          device: sql<string | null>`${login.device}::text`.as('device'),
          expiresAt: instant(login.expiresAtMs).as('expires_at'),
        })
        .from(users)
        .where(
          and(
            eq(users.id, userId),
            sessionEpoch === undefined ? undefined : eq(users.sessionEpoch, sessionEpoch),
            users.active,
            passwordHash === undefined ? undefined : eq(users.passwordHash, passwordHash),
          ),
        )
        .for('no key update'),
    )
    .returning({ id: logins.id });
}

/** At most `limit` rows, the longest overdue first. */
export function deleteExpiredLoginsStatement(
  db: Db,
  { nowMs, limit }: { nowMs: number; limit: number },
) {
  const expired = db
    .select({ id: logins.id })
    .from(logins)
    .where(lte(logins.expiresAt, new Date(nowMs)))
    .orderBy(logins.expiresAt)
    .limit(limit);
  return db.delete(logins).where(inArray(logins.id, expired));
}

/** The secret that was shown is the login's, or was, and its successor was not used. */
function isGood({ secretHash, nowMs }: Pick<Rotation, 'secretHash' | 'nowMs'>) {
  const isRepeated = and(
    eq(logins.previousSecretHash, secretHash),
    gt(logins.rotatedAt, new Date(nowMs - REFRESH_GRACE_MS)),
  );
  return and(
    gt(logins.expiresAt, new Date(nowMs)),
    or(eq(logins.secretHash, secretHash), isRepeated),
  );
}

function instant(ms: number) {
  return sql<Date>`${new Date(ms).toISOString()}::timestamptz`;
}
