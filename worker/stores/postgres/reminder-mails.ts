/**
 * When reminders become mails, in Postgres: set-wise, since a sale may have many thousands. A reminder is
 * looked at anew each time, so it follows a sale that is put off, and is silent for one that is called off.
 */
import { type SQL, sql } from 'drizzle-orm';
import { REMIND_AHEAD_MS } from '../../contract/reminder-times.ts';
import { type Db, guarded, instant } from './client.ts';

/** A sale that is put off by less is not reminded of again: the mail named about the right time. */
const MOVED_MS_MIN = 5 * 60_000;

interface Bound {
  nowMs: number;
  /** Reminders that one call changes. */
  limit: number;
}

const OPENS_AT = sql`coalesce(e.opened_at, e.starts_at)`;
const IS_ANNOUNCED = sql`e.published AND e.closed_at IS NULL`;

/** Whether the mail of the reminder `r` still names about the right time of the opening `opensAt`. */
export function isOnTime(opensAt: SQL): SQL {
  const seconds = (REMIND_AHEAD_MS + MOVED_MS_MIN) / 1_000;
  return sql`${opensAt} <= r.queued_at + make_interval(secs => ${seconds}::int)`;
}

/**
 * Puts the mails of sales that open soon into the outbox, the first opening first. A mail is dropped once
 * its sale is open. Its key has the time of the opening: a later one is another mail. One that was dropped
 * unsent waits again, as where a sale is put back to its first time.
 * @returns how many reminders were due.
 */
export async function queueReminders(db: Db, { nowMs, limit }: Bound): Promise<number> {
  const { rows } = await guarded(() =>
    db.execute<{ count: number }>(sql`
      WITH due AS (
        SELECT r.event_id, r.user_id, ${OPENS_AT} AS opens_at
          FROM events e JOIN reminders r ON r.event_id = e.id AND r.queued_at IS NULL
          JOIN users u ON u.id = r.user_id AND u.active AND u.email_verified_at IS NOT NULL
         WHERE ${IS_ANNOUNCED} AND ${OPENS_AT} > ${instant(nowMs)}
           AND ${OPENS_AT} <= ${instant(nowMs + REMIND_AHEAD_MS)}
         ORDER BY opens_at LIMIT ${limit} FOR UPDATE OF r SKIP LOCKED
      ), queued AS (
        UPDATE reminders r SET queued_at = ${instant(nowMs)} FROM due
         WHERE r.event_id = due.event_id AND r.user_id = due.user_id
      ), written AS (
        INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at, drop_after)
        SELECT 'mail.reminder',
               concat_ws('/', 'reminder', event_id, user_id, floor(extract(epoch FROM opens_at))),
               user_id, jsonb_build_object('userId', user_id, 'eventId', event_id), 2,
               ${instant(nowMs)}, ${instant(nowMs)}, opens_at
          FROM due
            ON CONFLICT (key) DO UPDATE
           SET outcome = NULL, ended_at = NULL, last_error = NULL, tries = 0, lease_id = NULL,
               leased_until = NULL, payload = excluded.payload, created_at = excluded.created_at,
               due_at = excluded.due_at, drop_after = excluded.drop_after
         WHERE outbox.outcome = 'dropped'
      )
      SELECT count(*)::int AS count FROM due`),
  );
  return rows[0]?.count ?? 0;
}

/**
 * Lets reminders of one sale wait anew that was put off after their mails were queued. Mails that were not
 * sent yet are dropped.
 * @returns how many it changed; none where no sale was put off.
 */
export async function putRemindersOff(db: Db, { nowMs, limit }: Bound): Promise<number> {
  const isPutOff = sql`r.queued_at IS NOT NULL AND NOT (${isOnTime(OPENS_AT)})`;
  const { rows } = await guarded(() =>
    db.execute<{ count: number }>(sql`
      WITH e AS MATERIALIZED (
        SELECT * FROM events e
         WHERE ${IS_ANNOUNCED} AND ${OPENS_AT} > ${instant(nowMs)}
           AND EXISTS (SELECT FROM reminders r WHERE r.event_id = e.id AND ${isPutOff})
         ORDER BY id LIMIT 1
      ), moved AS (
        SELECT r.event_id, r.user_id FROM e JOIN reminders r ON r.event_id = e.id
         WHERE ${isPutOff} LIMIT ${limit} FOR UPDATE OF r SKIP LOCKED
      ), waiting AS (
        UPDATE reminders r SET queued_at = NULL FROM moved
         WHERE r.event_id = moved.event_id AND r.user_id = moved.user_id
      ), dropped AS (
        -- By an array and not by a join: Postgres would expect a row or two, and go through all mails
        -- that wait for each of them.
        UPDATE outbox o SET outcome = 'dropped', ended_at = ${instant(nowMs)}, payload = NULL,
               last_error = 'event_moved', lease_id = NULL, leased_until = NULL
         WHERE o.user_id = ANY (ARRAY(SELECT user_id FROM moved))
           AND o.kind = 'mail.reminder' AND o.outcome IS NULL
           AND o.payload ->> 'eventId' = (SELECT id FROM e)
      )
      SELECT count(*)::int AS count FROM moved`),
  );
  return rows[0]?.count ?? 0;
}

/** Reminders of sales that are over. */
export function deleteOverRemindersStatement(db: Db, { nowMs, limit }: Bound) {
  return db.execute(sql`
    DELETE FROM reminders WHERE (event_id, user_id) IN (
      SELECT r.event_id, r.user_id FROM events e JOIN reminders r ON r.event_id = e.id
       WHERE e.ends_at <= ${instant(nowMs)} LIMIT ${limit})`);
}
