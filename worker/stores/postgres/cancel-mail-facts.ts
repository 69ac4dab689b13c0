/** What the mail about a cancelled event says of one person, read when it is sent. Reads only. */
import { sql } from 'drizzle-orm';
import type { EventId, UserId } from '../../contract/ids.ts';
import type { Translations } from '../../contract/text-in.ts';
import { type Db, guarded } from './client.ts';
import { translationsAs } from './translated.ts';

/** A person of whom something ended with an event. */
export interface NamedCancelling {
  userId: UserId;
  eventId: EventId;
}

export interface CancelFacts {
  eventTitle: string;
  translations?: Translations<{ eventTitle: string }>;
  /** Orders of theirs that were confirmed. */
  orders: number;
  /** What their payments took or reserved, without what was given back for another reason. In minor units. */
  amounts: { currency: string; amountMinor: number }[];
}

/** By `nameOfCancelling`; what is not there, or was not cancelled, is missing. */
export async function readCancelFacts(
  db: Db,
  named: readonly NamedCancelling[],
): Promise<Map<string, CancelFacts>> {
  if (named.length === 0) return new Map();
  const wanted = named.map(({ userId, eventId }) => ({ user_id: userId, event_id: eventId }));
  const { rows } = await guarded(() =>
    db.execute<CancelFacts & NamedCancelling & Record<string, unknown>>(sql`
      SELECT w.user_id AS "userId", e.id AS "eventId", e.title AS "eventTitle", o.orders,
             ${translationsAs({ eventTitle: { from: sql`e.translations`, text: 'title' } })} AS translations,
             coalesce(o.amounts, '[]') AS amounts
        FROM jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) AS w (user_id text, event_id text)
        JOIN events e ON e.id = w.event_id AND e.cancelled_at IS NOT NULL
       CROSS JOIN LATERAL (
         SELECT coalesce(sum(count), 0)::int AS orders,
                jsonb_agg(jsonb_build_object('currency', currency, 'amountMinor', back) ORDER BY currency)
                  FILTER (WHERE back > 0) AS amounts
           FROM (SELECT o.currency, count(*) AS count, coalesce(sum(greatest(0, p.amount_minor - (
                          SELECT coalesce(sum(r.amount_minor), 0) FROM payment_refunds r
                           WHERE r.payment_id = p.id AND r.state <> 'failed' AND r.reason <> 'event_cancelled'))), 0) AS back
                   FROM orders o
                   LEFT JOIN payments p ON p.id = o.payment_id AND (p.state IN ('authorised', 'captured')
                     OR p.state = 'released' AND p.end_reason = 'refunded')
                  WHERE o.customer_id = w.user_id AND o.event_id = e.id AND o.status = 'confirmed'
                  GROUP BY o.currency) c) o`),
  );
  return new Map(
    rows.map(({ eventTitle, translations, orders, amounts, ...of }) => [
      nameOfCancelling(of),
      { eventTitle, ...(translations && { translations }), orders, amounts },
    ]),
  );
}

export function nameOfCancelling({ userId, eventId }: NamedCancelling): string {
  return `${eventId}/${userId}`;
}
