/** Working off the outbox in Postgres: leases, results, and what is waited for. Decides nothing. */
import { type SQL, sql } from 'drizzle-orm';
import type { UserId } from '../../contract/ids.ts';
import type { OutboxKind, OutboxOutcome, OutboxPayload } from '../../contract/outbox.ts';
import { type Db, guarded, instant } from './client.ts';
import { isItsTurn } from './outbox-turns.ts';
import { eventsWorked } from './payment-events.ts';

/** Rows that wait for the same thing: of these kinds, with a priority from the first to the second. */
export interface PriorityClass {
  kinds: readonly OutboxKind[];
  priorities: readonly [number, number];
}

export interface LeaseRequest {
  leaseId: string;
  nowMs: number;
  /** Nobody else gets the rows before this. */
  untilMs: number;
  /** Of each class at most as many, those with the lowest priority first, then those due first. */
  classes: readonly (PriorityClass & { limit: number })[];
}

export interface LeasedRow<Kind extends OutboxKind = OutboxKind> {
  id: number;
  kind: Kind;
  key: string;
  payload: OutboxPayload<Kind>;
  userId: UserId | null;
  priority: number;
  createdAtMs: number;
  dueAtMs: number;
  /** Null where it is of use however late. */
  dropAfterMs: number | null;
  /** Tries that failed; one of which nothing was recorded counts, since it may have been made. */
  tries: number;
}

export interface RowResult {
  id: number;
  tries: number;
  /** A stable word; null where nothing went wrong. */
  lastError: string | null;
  /** When it is tried again, or how it ended. */
  next: { dueAtMs: number } | OutboxOutcome;
  /** Of the payment provider, by its ids: they are seen to, whoever's the lease is by now. */
  events?: readonly string[] | undefined;
}

/**
 * Takes rows that are due. One that somebody else holds, or takes at this moment, is left out, and so is one
 * that another of its payment comes before.
 */
export async function leaseRows(db: Db, request: LeaseRequest): Promise<LeasedRow[]> {
  const { leaseId, nowMs, untilMs } = request;
  const classes = request.classes.filter(({ kinds, limit }) => limit > 0 && kinds.length > 0);
  if (classes.length === 0) return [];
  const now = instant(nowMs);
  const taken = classes.map(
    ({ limit, ...rows }, n) => sql`${className(n)} AS MATERIALIZED (
      SELECT id FROM outbox
       WHERE ${isIn(rows)} AND due_at <= ${now} AND (leased_until IS NULL OR leased_until <= ${now})
         AND ${isItsTurn(nowMs)}
       ORDER BY priority, due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)`,
  );
  const all = classes.map((_, n) => sql`SELECT id FROM ${className(n)}`);
  const { rows } = await guarded(() =>
    db.execute<LeasedColumns>(sql`
      WITH ${sql.join(taken, sql`, `)}
      UPDATE outbox SET lease_id = ${leaseId}, leased_until = ${instant(untilMs)},
                        tries = tries + (lease_id IS NOT NULL)::int
       WHERE id IN (${sql.join(all, sql` UNION ALL `)})
      RETURNING id, kind, key, payload, user_id, priority, tries, ${ms('created_at')} AS created_ms,
                ${ms('due_at')} AS due_ms, ${ms('drop_after')} AS drop_after_ms`),
  );
  return rows
    .map(leasedRow)
    .toSorted((a, b) => a.priority - b.priority || a.dueAtMs - b.dueAtMs || a.id - b.id);
}

/**
 * Writes down what became of rows, where the lease still is the one under which they were worked off.
 * A payload may hold an address, so it goes with a row that is done.
 * @returns the ids of those that counted.
 */
export async function recordResults(
  db: Db,
  { leaseId, results, nowMs }: { leaseId: string; results: readonly RowResult[]; nowMs: number },
): Promise<number[]> {
  const list = results.map(({ id, tries, lastError, next }) =>
    typeof next === 'string'
      ? { id, tries, last_error: lastError, outcome: next }
      : {
          id,
          tries,
          last_error: lastError,
          due_at: new Date(next.dueAtMs).toISOString(),
        },
  );
  const ids = results.map(({ id }) => id);
  const events = results.flatMap((result) => result.events ?? []);
  const seen = sql`WITH seen AS (${eventsWorked(events, nowMs)})`;
  const { rows } = await guarded(() =>
    db.execute<{ id: string }>(sql`
      ${events.length > 0 ? seen : sql``}
      UPDATE outbox SET tries = r.tries, last_error = r.last_error, outcome = r.outcome,
             due_at = coalesce(r.due_at, outbox.due_at), lease_id = NULL, leased_until = NULL,
             ended_at = CASE WHEN r.outcome IS NOT NULL THEN ${instant(nowMs)} END,
             payload = CASE WHEN r.outcome IN ('done', 'dropped') THEN NULL ELSE payload END
        FROM jsonb_to_recordset(${JSON.stringify(list)}::jsonb)
          AS r (id bigint, tries int, last_error text, outcome text, due_at timestamptz)
       -- The array, and a condition that no index has, make Postgres go by the ids: from the join and IS
       -- NULL it would go through all rows that wait.
       WHERE outbox.id = r.id
         AND outbox.id = ANY (ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)::bigint))
         AND outbox.lease_id = ${leaseId} AND coalesce(outbox.outcome, '') = ''
      RETURNING outbox.id`),
  );
  return rows.map(({ id }) => Number(id));
}

/**
 * Ends mails that are due in a shop that sends none, at most `limit`.
 * @returns how many.
 */
export async function dropUnsentMails(
  db: Db,
  { nowMs, limit }: { nowMs: number; limit: number },
): Promise<number> {
  const now = instant(nowMs);
  const { rows } = await guarded(() =>
    db.execute<{ count: number }>(sql`
      WITH dropped AS (
        UPDATE outbox SET outcome = 'dropped', last_error = 'no_adapter', payload = NULL, ended_at = ${now},
               lease_id = NULL, leased_until = NULL
         WHERE id IN (
           SELECT id FROM outbox
            WHERE outcome IS NULL AND kind LIKE 'mail.%' AND due_at <= ${now}
              AND (leased_until IS NULL OR leased_until <= ${now})
            ORDER BY priority, due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED) RETURNING id)
      SELECT count(*)::int AS count FROM dropped`),
  );
  return rows[0]?.count ?? 0;
}

/**
 * When the first row of each class may be leased, which may be past; undefined where none waits. One that
 * waits for another of its payment counts once that one has ended.
 */
export async function findNextDue(
  db: Db,
  classes: readonly PriorityClass[],
  nowMs: number,
): Promise<(number | undefined)[]> {
  const firsts = classes.map((rows, n) => {
    const first = sql`
      SELECT ${ms('min(greatest(due_at, leased_until))')} FROM outbox
       WHERE ${isIn(rows)} AND (leased_until > ${instant(nowMs)} OR ${isItsTurn(nowMs)})`;
    return sql`(${first}) AS ${className(n)}`;
  });
  const { rows } = await guarded(() =>
    db.execute<Record<string, number | null>>(sql`SELECT ${sql.join(firsts, sql`, `)}`),
  );
  return classes.map((_, n) => rows[0]?.[`class_${n}`] ?? undefined);
}

/** Whether a row could have been leased since then, so that its dispatcher's alarm may be lost. */
export async function hasOverdue(db: Db, sinceMs: number): Promise<boolean> {
  const since = instant(sinceMs);
  const { rows } = await guarded(() =>
    db.execute(sql`
      SELECT id FROM outbox
       WHERE outcome IS NULL AND due_at <= ${since} AND (leased_until IS NULL OR leased_until <= ${since})
         AND ${isItsTurn(sinceMs)}
       LIMIT 1`),
  );
  return rows.length > 0;
}

export interface SentFigures {
  /** Since the beginning of the window. */
  count: number;
  lastSecond: number;
  /** When the first of them was sent. */
  firstAtMs: number | undefined;
}

/** What was sent of these kinds since then. */
export async function readSent(
  db: Db,
  { kinds, sinceMs, nowMs }: { kinds: readonly OutboxKind[]; sinceMs: number; nowMs: number },
): Promise<SentFigures> {
  const { rows } = await guarded(() =>
    db.execute<{ count: number; last_second: number; first_ms: number | null }>(sql`
      SELECT count(*)::int AS count, ${ms('min(ended_at)')} AS first_ms,
             (count(*) FILTER (WHERE ended_at > ${instant(nowMs - 1_000)}))::int AS last_second
        FROM outbox WHERE outcome = 'done' AND ended_at > ${instant(sinceMs)}
         AND kind = ANY(${textArray(kinds)})`),
  );
  const { count = 0, last_second: lastSecond = 0, first_ms: firstMs } = rows[0] ?? {};
  return { count, lastSecond, firstAtMs: firstMs ?? undefined };
}

type LeasedColumns = {
  id: string;
  kind: OutboxKind;
  key: string;
  payload: OutboxPayload;
  user_id: UserId | null;
  priority: number;
  tries: number;
  created_ms: number;
  due_ms: number;
  drop_after_ms: number | null;
};

function leasedRow(row: LeasedColumns): LeasedRow {
  const { id, kind, key, payload, user_id: userId, priority, tries } = row;
  const times = {
    createdAtMs: row.created_ms,
    dueAtMs: row.due_ms,
    dropAfterMs: row.drop_after_ms,
  };
  return { id: Number(id), kind, key, payload, userId, priority, tries, ...times };
}

function isIn({ kinds, priorities: [first, last] }: PriorityClass): SQL {
  return sql`outcome IS NULL AND priority BETWEEN ${first}::int AND ${last}::int AND kind = ANY(${textArray(kinds)})`;
}

function className(n: number): SQL {
  return sql.raw(`class_${n}`);
}

function textArray(texts: readonly string[]): SQL {
  return sql`ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`;
}

function ms(expression: string): SQL {
  return sql.raw(`(extract(epoch FROM ${expression}) * 1000)::float8`);
}
