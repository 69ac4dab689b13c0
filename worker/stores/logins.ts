/**
 * Logins in Postgres: one row per device that is signed in, with the hash of the one secret that is
 * good for its next refresh. Whoever ends logins raises the user's epoch first and deletes then:
 * both wait for, or are seen by, a sign-in that happens at the same moment.
 */
import { and, desc, eq, gt, inArray, lte, ne, not, notInArray, sql } from 'drizzle-orm';
import type { User } from '../contract/accounts.ts';
import type { UserId } from '../contract/ids.ts';
import { type Db, guarded } from './postgres.ts';
import { logins, users } from './schema.ts';
import { userColumns } from './users.ts';

/** Devices of one user; signing in on one more ends the oldest login. */
export const LOGINS_PER_USER_MAX = 10;

export interface NewLogin {
  id: string;
  secretHash: string;
  createdAtMs: number;
  expiresAtMs: number;
}

export interface Rotation {
  id: string;
  secretHash: string;
  nextSecretHash: string;
  nowMs: number;
}

export interface LoginHolder {
  user: User;
  sessionEpoch: number;
  expiresAtMs: number;
}

/**
 * Exchanges a login's secret for the next one: of any number of calls with one secret, one succeeds.
 * @returns undefined if the login has ended or was given another secret, or its user may not enter.
 */
export async function rotateLogin(db: Db, rotation: Rotation): Promise<LoginHolder | undefined> {
  const { id, secretHash, nextSecretHash, nowMs } = rotation;
  const [row] = await guarded(() =>
    db
      .update(logins)
      .set({ secretHash: nextSecretHash })
      .from(users)
      .where(
        and(
          eq(logins.id, id),
          eq(logins.secretHash, secretHash),
          gt(logins.expiresAt, new Date(nowMs)),
          eq(users.id, logins.userId),
          users.active,
        ),
      )
      .returning({
        user: userColumns,
        sessionEpoch: users.sessionEpoch,
        expiresAt: logins.expiresAt,
      }),
  );
  if (row === undefined) return undefined;
  const { expiresAt, ...account } = row;
  return { ...account, expiresAtMs: expiresAt.getTime() };
}

/**
 * Ends all logins of the user whose login was shown with a secret other than its own: somebody has
 * used that secret already, and nobody can tell which of the two is the user.
 * @returns the user; undefined if there is no such login, or the secret is the right one.
 */
export async function endReusedLogin(
  db: Db,
  shown: { id: string; secretHash: string; nowMs: number },
): Promise<UserId | undefined> {
  const victim = db
    .select({ userId: logins.userId })
    .from(logins)
    .where(
      and(
        eq(logins.id, shown.id),
        ne(logins.secretHash, shown.secretHash),
        gt(logins.expiresAt, new Date(shown.nowMs)),
      ),
    );
  const [ended] = await guarded(() =>
    db.batch([
      db
        .update(users)
        .set({ sessionEpoch: sql`${users.sessionEpoch} + 1` })
        .where(inArray(users.id, victim))
        .returning({ id: users.id }),
      db.delete(logins).where(inArray(logins.userId, victim)),
    ]),
  );
  return ended[0]?.id;
}

/** Whose login it is, whatever the secret. */
export async function findLoginUser(db: Db, id: string): Promise<UserId | undefined> {
  const [row] = await guarded(() =>
    db.select({ userId: logins.userId }).from(logins).where(eq(logins.id, id)),
  );
  return row?.userId;
}

/**
 * Ends all logins of a user, tokens included. To be run in this order and in one `db.batch`, in
 * which other statements may stand beside them.
 */
export function endLoginsStatements(db: Db, userId: UserId) {
  return [
    db
      .update(users)
      .set({ sessionEpoch: sql`${users.sessionEpoch} + 1` })
      .where(eq(users.id, userId)),
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
    db
      .update(users)
      .set({ sessionEpoch: sql`${users.sessionEpoch} + 1` })
      .where(isShutOut),
    db
      .delete(logins)
      .where(inArray(logins.userId, db.select({ id: users.id }).from(users).where(isShutOut))),
  ] as const;
}

/** Who may be given a login: an active user, as they were when they were last looked at. */
export interface Holder {
  userId: UserId;
  sessionEpoch: number;
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
          createdAt: instant(login.createdAtMs).as('created_at'),
          expiresAt: instant(login.expiresAtMs).as('expires_at'),
        })
        .from(users)
        .where(
          and(
            eq(users.id, userId),
            eq(users.sessionEpoch, sessionEpoch),
            users.active,
            passwordHash === undefined ? undefined : eq(users.passwordHash, passwordHash),
          ),
        )
        .for('no key update'),
    )
    .returning({ id: logins.id });
}

/** Goes behind `insertLoginStatement`, under its lock. */
export function endOldestLoginsStatement(db: Db, userId: UserId) {
  const kept = db
    .select({ id: logins.id })
    .from(logins)
    .where(eq(logins.userId, userId))
    .orderBy(desc(logins.createdAt), desc(logins.id))
    .limit(LOGINS_PER_USER_MAX);
  return db.delete(logins).where(and(eq(logins.userId, userId), notInArray(logins.id, kept)));
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

function instant(ms: number) {
  return sql<Date>`${new Date(ms).toISOString()}::timestamptz`;
}
