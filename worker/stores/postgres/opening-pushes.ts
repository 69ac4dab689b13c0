/**
 * When reminders become notifications, in Postgres. Their mails leave earlier and by themselves: whoever is
 * told on a device is told shortly before the opening, whatever became of the mail.
 */
import { sql } from 'drizzle-orm';
import type { NamedReminder } from '../../auth/reminder-tokens.ts';
import type { Translations } from '../../contract/text-in.ts';
import { type Db, guarded, instant } from './client.ts';
import { translationsAs } from './translated.ts';

/** How long before the opening devices are told. */
export const PUSH_AHEAD_MS = 5 * 60_000;
/** Longer than from one sweep to the next, so that each row is there when it is due. */
const WRITTEN_AHEAD_MS = PUSH_AHEAD_MS + 2 * 60_000;

const OPENS_AT = sql`coalesce(e.opened_at, e.starts_at)`;
const IS_ANNOUNCED = sql`e.published AND e.closed_at IS NULL`;

const eventTitles = translationsAs({ eventTitle: { from: sql`e.translations`, text: 'title' } });

export interface OpeningFacts {
  eventTitle: string;
  translations?: Translations<{ eventTitle: string }>;
  /** It may be past by now. */
  opensAtMs: number;
  timeZone: string;
}

/**
 * Writes a row for each device of those who are reminded of a sale that opens within a few minutes. Its key
 * has the time of the opening: a later one is told of again. Repeated, it finds what is new.
 * @returns how many rows it wrote.
 */
export async function queueOpeningPushes(
  db: Db,
  { nowMs, limit }: { nowMs: number; limit: number },
): Promise<number> {
  const now = instant(nowMs);
  const { rows } = await guarded(() =>
    db.execute<{ count: number }>(sql`
      WITH near AS MATERIALIZED (
        SELECT e.id, ${OPENS_AT} AS opens_at FROM events e
         WHERE ${IS_ANNOUNCED} AND ${OPENS_AT} > ${now} AND ${OPENS_AT} <= ${instant(nowMs + WRITTEN_AHEAD_MS)}
      ), devices AS (
        SELECT near.id AS event_id, r.user_id, p.id AS subscription_id, near.opens_at,
               concat_ws('/', 'opens_soon', near.id, p.id, floor(extract(epoch FROM near.opens_at))) AS key
          FROM near JOIN reminders r ON r.event_id = near.id
          JOIN push_subscriptions p ON p.user_id = r.user_id
          JOIN users u ON u.id = r.user_id AND u.active
      ), written AS (
        INSERT INTO outbox (kind, key, user_id, payload, priority, created_at, due_at, drop_after)
        SELECT 'push.opens_soon', d.key, d.user_id,
               jsonb_build_object('userId', d.user_id, 'subscriptionId', d.subscription_id, 'eventId', d.event_id),
               0, ${now},
               greatest(${now}, d.opens_at - make_interval(secs => ${PUSH_AHEAD_MS / 1_000}::int)), d.opens_at
          FROM devices d WHERE NOT EXISTS (SELECT FROM outbox o WHERE o.key = d.key)
         ORDER BY d.opens_at LIMIT ${limit}
            ON CONFLICT (key) DO NOTHING RETURNING id
      )
      SELECT count(*)::int AS count FROM written`),
  );
  return rows[0]?.count ?? 0;
}

/** Undefined where the reminder was turned off, or the sale is not announced any more. */
export async function findOpening(
  db: Db,
  { eventId, userId }: NamedReminder,
): Promise<OpeningFacts | undefined> {
  const { rows } = await guarded(() =>
    db.execute<OpeningFacts & Record<string, unknown>>(sql`
      SELECT e.title AS "eventTitle", ${eventTitles} AS translations, e.time_zone AS "timeZone",
             (extract(epoch FROM ${OPENS_AT}) * 1000)::float8 AS "opensAtMs"
        FROM reminders r JOIN events e ON e.id = r.event_id AND ${IS_ANNOUNCED}
       WHERE r.event_id = ${eventId} AND r.user_id = ${userId}`),
  );
  return rows[0];
}
