/**
 * Calls that make something and named a key: each makes it once. A key is claimed in the transaction
 * that makes the thing, so that there is never one without the other.
 */
import { type SQL, sql } from 'drizzle-orm';
import { type Db, guarded, instant } from './client.ts';

/** How long a key is kept; after it the same key names another call. */
export const KEY_MS = 24 * 60 * 60 * 1_000;
/** Keys that one caller may have at a time. */
export const KEYS_PER_CALLER_MAX = 10_000;

export interface KeyedCall {
  caller: string;
  /** As the API's description calls it. */
  operation: string;
  key: string;
  /** Of what was asked for. */
  requestHash: string;
  nowMs: number;
}

/** What an earlier call with the key made and was answered. */
export interface KeptCall {
  requestHash: string;
  /** The id of what it made. */
  subject: string;
  /** The body that it was answered; null until one was put together. */
  answer: unknown;
}

/** `taken`: an earlier call has the key, which may be of this very moment. */
export type Claimed = 'claimed' | 'taken' | 'too_many';

/** What has to be made under a key, if the call named one. */
export interface Claim {
  call: KeyedCall | undefined;
  /** The id of what will be made, which nothing else has. */
  subject: string;
}

/**
 * Claims the key, where `may` holds. Another transaction that claims it at the same time is waited
 * for. To be the statement before those that make the thing, which ask `isClaimed`.
 */
export function claimStatement({ call, subject }: Claim, may: SQL): SQL {
  if (call === undefined) return sql`SELECT`;
  const { caller, operation, key, requestHash, nowMs } = call;
  const since = instant(nowMs - KEY_MS);
  return sql`
    INSERT INTO idempotency_keys AS kept
           (caller, operation, key, request_hash, subject, created_at)
    SELECT ${caller}, ${operation}, ${key}, ${requestHash}, ${subject}, ${instant(nowMs)}
     WHERE ${may} AND (SELECT count(*) FROM (
             SELECT FROM idempotency_keys WHERE caller = ${caller} AND created_at > ${since}
              LIMIT ${KEYS_PER_CALLER_MAX}) AS of_caller) < ${KEYS_PER_CALLER_MAX}::int
        ON CONFLICT (caller, operation, key) DO UPDATE
           SET request_hash = excluded.request_hash, subject = excluded.subject, answer = NULL,
               created_at = excluded.created_at
         WHERE kept.created_at <= ${since}`;
}

/** Whether this call may make the thing: it named no key, or has claimed it. */
export function isClaimed({ call, subject }: Claim): SQL {
  if (call === undefined) return sql`TRUE`;
  return sql`EXISTS (SELECT FROM idempotency_keys WHERE ${isOf(call)} AND subject = ${subject})`;
}

/** The last statement, for `claimedOf`. */
export function claimResultStatement({ call }: Claim): SQL {
  if (call === undefined) return sql`SELECT NULL AS subject LIMIT 0`;
  return sql`SELECT subject FROM idempotency_keys WHERE ${isKept(call)}`;
}

export function claimedOf({ call, subject }: Claim, rows: { subject: string }[]): Claimed {
  if (call === undefined) return 'claimed';
  const [row] = rows;
  if (row === undefined) return 'too_many';
  return row.subject === subject ? 'claimed' : 'taken';
}

/** @returns undefined if no call has the key. */
export async function findKeptCall(db: Db, call: KeyedCall): Promise<KeptCall | undefined> {
  const { rows } = await guarded(() =>
    db.execute<KeptCall & Record<string, unknown>>(sql`
      SELECT request_hash AS "requestHash", subject, answer FROM idempotency_keys
       WHERE ${isKept(call)}`),
  );
  return rows[0];
}

/**
 * Keeps the body of the first answer, unless there is one already.
 * @returns the one that is kept, as every call with the key is to be answered.
 */
export async function keepAnswer(db: Db, call: KeyedCall, body: unknown): Promise<unknown> {
  const { rows } = await guarded(() =>
    db.execute<{ answer: unknown }>(sql`
      UPDATE idempotency_keys SET answer = coalesce(answer, ${JSON.stringify(body)}::jsonb)
       WHERE ${isOf(call)} RETURNING answer`),
  );
  return rows[0]?.answer ?? body;
}

/** Takes away keys that are no longer kept, at most `limit`. */
export function deleteOldKeysStatement(db: Db, { nowMs, limit }: { nowMs: number; limit: number }) {
  return db.execute(sql`
    DELETE FROM idempotency_keys WHERE (caller, operation, key) IN (
      SELECT caller, operation, key FROM idempotency_keys
       WHERE created_at <= ${instant(nowMs - KEY_MS)} ORDER BY created_at LIMIT ${limit})`);
}

function isOf({ caller, operation, key }: KeyedCall): SQL {
  return sql`caller = ${caller} AND operation = ${operation} AND key = ${key}`;
}

function isKept(call: KeyedCall): SQL {
  return sql`${isOf(call)} AND created_at > ${instant(call.nowMs - KEY_MS)}`;
}
