/** Reminders as their owners ask for them and turn them off, in Postgres. */
import { sql } from 'drizzle-orm';
import type { NamedReminder } from '../../auth/reminder-tokens.ts';
import type { EventId, UserId } from '../../contract/ids.ts';
import type { ProblemCode } from '../../contract/problems.ts';
import { REMINDERS_WAITING_MAX } from '../../contract/reminders.ts';
import { type Db, guarded, instant } from './client.ts';

/** More than wait at a time, since those whose mail was sent stay until their sale is over. */
const LISTED_MAX = 1_000;

export type ReminderRefusal = Extract<
  ProblemCode,
  'not_found' | 'closed' | 'already_open' | 'too_many_reminders'
>;

/**
 * Asking again changes nothing. Also for an address that is not confirmed: whether it is, is looked at when the
 * mail is due, see reminder-mails.ts. @returns why it was refused.
 */
export async function addReminder(
  db: Db,
  { eventId, userId, nowMs }: NamedReminder & { nowMs: number },
): Promise<'added' | 'kept' | ReminderRefusal> {
  const now = instant(nowMs);
  const waiting = sql`(SELECT count(*) FROM reminders WHERE user_id = u.id AND queued_at IS NULL)`;
  const [, asked] = await guarded(() =>
    db.batch([
      // One of a person after the other, or many at once would be more than may wait.
      db.execute(sql`SELECT id FROM users WHERE id = ${userId} FOR NO KEY UPDATE`),
      db.execute<{ verdict: 'added' | 'kept' | ReminderRefusal }>(sql`
        WITH asked AS (
          SELECT e.id AS event_id, u.id AS user_id, CASE
                   WHEN NOT e.published THEN 'not_found'
                   WHEN e.closed_at IS NOT NULL OR e.ends_at <= ${now} THEN 'closed'
                   WHEN coalesce(e.opened_at, e.starts_at) <= ${now} THEN 'already_open'
                   WHEN EXISTS (SELECT FROM reminders r
                                 WHERE r.event_id = e.id AND r.user_id = u.id) THEN 'kept'
                   WHEN ${waiting} >= ${REMINDERS_WAITING_MAX}::int THEN 'too_many_reminders'
                   ELSE 'added' END AS verdict
            FROM events e, users u WHERE e.id = ${eventId} AND u.id = ${userId} AND u.active
        ), added AS (
          INSERT INTO reminders (event_id, user_id, created_at)
          SELECT event_id, user_id, ${now} FROM asked WHERE verdict = 'added'
              ON CONFLICT DO NOTHING
        )
        SELECT verdict FROM asked`),
    ]),
  );
  return asked.rows[0]?.verdict ?? 'not_found';
}

/** Takes a reminder away, with its mail where that was not sent yet. Doing it twice changes nothing. */
export async function removeReminder(
  db: Db,
  { eventId, userId, nowMs }: NamedReminder & { nowMs: number },
): Promise<void> {
  await guarded(() =>
    db.batch([
      db.execute(sql`DELETE FROM reminders WHERE event_id = ${eventId} AND user_id = ${userId}`),
      db.execute(sql`
        UPDATE outbox SET outcome = 'dropped', ended_at = ${instant(nowMs)}, payload = NULL,
               last_error = 'turned_off'
         WHERE user_id = ${userId} AND kind = 'mail.reminder' AND outcome IS NULL
           AND payload ->> 'eventId' = ${eventId}`),
    ]),
  );
}

/** The sales of which somebody is reminded, the last asked for first. */
export async function listReminders(db: Db, userId: UserId): Promise<EventId[]> {
  const { rows } = await guarded(() =>
    db.execute<{ eventId: EventId }>(sql`
      SELECT event_id AS "eventId" FROM reminders WHERE user_id = ${userId}
       ORDER BY created_at DESC, event_id LIMIT ${LISTED_MAX}`),
  );
  return rows.map(({ eventId }) => eventId);
}
