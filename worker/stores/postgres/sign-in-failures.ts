/**
 * Passwords that were wrong lately, in Postgres, whether or not the e-mail address has an account. An
 * attempt is counted before its password is looked at, and uncounted by success, so that many at once
 * do not slip through.
 *
 * A guesser delays only their own attempts: these count by the account together with the network they
 * come from. The account alone has a far higher bound, against guessing from many networks; and a device
 * that has signed in before is counted by itself and held up by neither, until it fails too often itself.
 */
import { eq, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { AttemptKeys } from '../../auth/attempt-keys.ts';
import type { Db } from './client.ts';
import { signInFailures } from './sign-in-schema.ts';

/** Failures in a row that cost no waiting: for one account from one network. */
export const FAILURES_FREE = 5;
/** For one account from all networks together. */
export const FAILURES_FREE_ACCOUNT = 100;
/** From one device that has signed in before; then it is a device like any other. */
export const FAILURES_FREE_DEVICE = 5;
/** After them: the wait of the next attempt, doubled by each further failure up to the most. */
export const FAILURE_WAIT_MS_FIRST = 5_000;
export const FAILURE_WAIT_MS_MAX = 5 * 60_000;
/** Without a further attempt. */
export const FAILURES_FORGOTTEN_MS = 24 * 60 * 60_000;

const DOUBLINGS_MAX = 20;
const COUNT_MAX = 1_000_000;

const { accountKey, count, lastAt } = signInFailures;

/** Attempts for one account come one by one until the end of the transaction. */
export function lockAttemptsStatement(db: Db, { account }: AttemptKeys) {
  return db.execute(sql`SELECT pg_advisory_xact_lock(hashtextextended(${account}, 0))::text`);
}

/**
 * Counts an attempt, unless it comes too early: then nothing changes, and it waits for `waitMs`. Must
 * follow `lockAttemptsStatement` in the batch.
 */
export function countAttemptStatement(db: Db, keys: AttemptKeys, nowMs: number) {
  const now = instant(nowMs);
  const forgottenBefore = instant(nowMs - FAILURES_FORGOTTEN_MS);
  return db.execute<{ by_device: boolean; wait_ms: number }>(sql`
    WITH asked (key, scope, free, holds_up) AS (VALUES ${sql.join(boundsOf(keys), sql`, `)}),
    found AS (
      SELECT key, scope, free, holds_up, coalesce(f.count, 0) AS count,
             CASE WHEN f.count >= free THEN extract(epoch FROM f.last_at - ${now}) * 1000
               + least(${FAILURE_WAIT_MS_MAX}::float8,
                   ${FAILURE_WAIT_MS_FIRST}::float8 * 2 ^ least(f.count - free, ${DOUBLINGS_MAX}::int))
             ELSE 0 END AS wait_ms
        FROM asked LEFT JOIN sign_in_failures f
          ON f.account_key = key AND f.last_at > ${forgottenBefore}),
    verdict AS (
      SELECT coalesce(bool_or(scope = 'device' AND count < free), false) AS by_device,
             greatest(coalesce(max(wait_ms) FILTER (WHERE holds_up), 0), 0)::float8 AS wait_ms
        FROM found),
    counted AS (
      INSERT INTO sign_in_failures (account_key, count, last_at)
      SELECT key, least(found.count + 1, ${COUNT_MAX}::int), ${now} FROM found, verdict
       WHERE CASE WHEN by_device THEN scope = 'device'
             ELSE scope <> 'device' AND verdict.wait_ms = 0 END
      ON CONFLICT (account_key) DO UPDATE SET count = excluded.count, last_at = excluded.last_at)
    SELECT by_device, CASE WHEN by_device THEN 0 ELSE wait_ms END AS wait_ms FROM verdict`);
}

/** An attempt that was counted. */
export interface Counted {
  keys: AttemptKeys;
  /** By its device alone, which others cannot hold up. */
  byDevice: boolean;
}

/**
 * After the right password: what failed from the same network, or the same device, was its owner. What
 * others have tried stays counted.
 */
export function forgetFailuresStatements(db: Db, { keys, byDevice }: Counted) {
  const { account, network, device, change } = keys;
  if (byDevice) return [forget(db, device === undefined ? [] : [device])];
  // Or an attempt that has one of the rows would wait for the other one, and this the other way round.
  const queue = lockAttemptsStatement(db, keys);
  const own = sql`(SELECT count FROM sign_in_failures WHERE account_key = ${network})`;
  const others = sql`greatest(${count} - coalesce(${own}, 0), 0)`;
  const gone = [network, device, change].filter((key) => key !== undefined);
  return [queue, lower(db, [account], others), forget(db, gone), forgetEmpty(db, [account])];
}

/** An attempt whose password was not compared. */
export function uncountStatements(db: Db, { keys, byDevice }: Counted) {
  const { account, network, device, change } = keys;
  const counted = (byDevice ? [device] : [account, network, change]).filter(
    (key) => key !== undefined,
  );
  return [
    lockAttemptsStatement(db, keys),
    lower(db, counted, sql`greatest(${count} - 1, 0)`),
    forgetEmpty(db, counted),
  ] as const;
}

/** At most `limit` rows, the oldest first; those that are in use are left for the next time. */
export function deleteForgottenStatement(
  db: Db,
  { nowMs, limit }: { nowMs: number; limit: number },
) {
  const forgotten = db
    .select({ accountKey })
    .from(signInFailures)
    .where(lte(lastAt, new Date(nowMs - FAILURES_FORGOTTEN_MS)))
    .orderBy(lastAt)
    .limit(limit)
    // Skips locked rows, so that it takes part in no deadlock.
    .for('update', { skipLocked: true });
  return db.delete(signInFailures).where(inArray(accountKey, forgotten));
}

/**
 * What an attempt is counted by. A change of the password is held up by other changes alone: only who
 * is signed in can try one, so nobody else keeps the owner from it.
 */
function boundsOf({ account, network, device, change }: AttemptKeys): SQL[] {
  const isChange = change !== undefined;
  return [
    bound('network', network, { free: FAILURES_FREE, holdsUp: !isChange }),
    bound('account', account, { free: FAILURES_FREE_ACCOUNT, holdsUp: !isChange }),
    ...(isChange ? [bound('change', change, { free: FAILURES_FREE, holdsUp: true })] : []),
    ...(device === undefined
      ? []
      : [bound('device', device, { free: FAILURES_FREE_DEVICE, holdsUp: false })]),
  ];
}

/** @param limits failures that cost nothing, and whether those beyond hold an attempt up. */
function bound(
  scope: keyof AttemptKeys,
  key: string,
  { free, holdsUp }: { free: number; holdsUp: boolean },
): SQL {
  return sql`(${key}, ${scope}, ${free}::int, ${holdsUp}::boolean)`;
}

function lower(db: Db, keys: string[], to: SQL) {
  return db.update(signInFailures).set({ count: to }).where(inArray(accountKey, keys));
}

function forget(db: Db, keys: string[]) {
  return db.delete(signInFailures).where(inArray(accountKey, keys));
}

function forgetEmpty(db: Db, keys: string[]) {
  return db.delete(signInFailures).where(sql`${inArray(accountKey, keys)} AND ${eq(count, 0)}`);
}

function instant(ms: number) {
  return sql`${new Date(ms).toISOString()}::timestamptz`;
}
