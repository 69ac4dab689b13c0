/**
 * Failed sign-ins in Postgres, per e-mail address whether or not it has an account. An attempt is
 * counted before its password is looked at, and uncounted by success, so that many at once do not
 * slip through.
 */
import { eq, inArray, lte, sql } from 'drizzle-orm';
import type { Db } from './postgres.ts';
import { signInFailures } from './schema.ts';

/** Failures in a row that cost no waiting. */
export const FAILURES_FREE = 5;
/** After them: the wait of the next attempt, doubled by each further failure up to the most. */
export const FAILURE_WAIT_MS_FIRST = 5_000;
export const FAILURE_WAIT_MS_MAX = 5 * 60_000;
/** Without a further attempt. */
export const FAILURES_FORGOTTEN_MS = 24 * 60 * 60_000;

const DOUBLINGS_MAX = 20;
const COUNT_MAX = 1_000_000;

const { accountKey, count, lastAt } = signInFailures;
const waitMs = sql`least(${FAILURE_WAIT_MS_MAX}::float8,
  ${FAILURE_WAIT_MS_FIRST}::float8 * 2 ^ least(${count} - ${FAILURES_FREE}::int, ${DOUBLINGS_MAX}::int))`;
const nextAt = sql`${lastAt} + ${waitMs} * interval '1 millisecond'`;

/** Counts an attempt, unless it comes too early: then nothing changes, and no row is returned. */
export function countAttemptStatement(db: Db, key: string, nowMs: number) {
  const now = instant(nowMs);
  const forgottenBefore = instant(nowMs - FAILURES_FORGOTTEN_MS);
  return db
    .insert(signInFailures)
    .values({ accountKey: key, count: 1, lastAt: new Date(nowMs) })
    .onConflictDoUpdate({
      target: accountKey,
      set: {
        count: sql`CASE WHEN ${lastAt} <= ${forgottenBefore} THEN 1
          ELSE least(${count} + 1, ${COUNT_MAX}::int) END`,
        lastAt: now,
      },
      setWhere: sql`${count} < ${FAILURES_FREE}::int OR ${nextAt} <= ${now}`,
    })
    .returning({ count });
}

/** How long an attempt that was not counted should wait, in milliseconds. */
export function waitStatement(db: Db, key: string, nowMs: number) {
  return db
    .select({
      waitMs: sql<number>`(extract(epoch FROM ${nextAt} - ${instant(nowMs)}) * 1000)::float8`,
    })
    .from(signInFailures)
    .where(eq(accountKey, key));
}

export function forgetFailuresStatement(db: Db, key: string) {
  return db.delete(signInFailures).where(eq(accountKey, key));
}

/** At most `limit` rows, the oldest first. */
export function deleteForgottenStatement(
  db: Db,
  { nowMs, limit }: { nowMs: number; limit: number },
) {
  const forgotten = db
    .select({ accountKey })
    .from(signInFailures)
    .where(lte(lastAt, new Date(nowMs - FAILURES_FORGOTTEN_MS)))
    .orderBy(lastAt)
    .limit(limit);
  return db.delete(signInFailures).where(inArray(accountKey, forgotten));
}

function instant(ms: number) {
  return sql`${new Date(ms).toISOString()}::timestamptz`;
}
