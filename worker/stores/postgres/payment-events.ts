/** What the provider tells by its webhook: stored with the row of the outbox that has it worked off. */
import { inArray, type SQL, sql } from 'drizzle-orm';
import { type Db, guarded, instant } from './client.ts';
import { paymentEvents, payments } from './payment-schema.ts';
import { type PaymentToLookAt, paymentToLookAt } from './payments.ts';

type Row = typeof paymentEvents.$inferSelect;

export interface NewPaymentEvent {
  eventId: string;
  /** The provider's word. */
  kind: string;
  createdAtMs: number;
  /** Undefined for what is no session and no payment: there is nothing to look at. */
  about: { kind: 'payment' | 'session'; id: string } | undefined;
  /** It says that its payment was captured, and nothing else. */
  tellsOfCapture: boolean;
  nowMs: number;
}

/**
 * Stores an event and has it looked at, in one statement: once it is answered, both are there. One that
 * comes again is looked at again only where it was not yet, though its row of the outbox has ended. One that
 * tells of a capture which is written down in full needs no look.
 */
export async function storePaymentEvent(db: Db, event: NewPaymentEvent): Promise<void> {
  const { eventId, kind, about, tellsOfCapture, createdAtMs, nowMs } = event;
  const now = instant(nowMs);
  const column = about?.kind === 'session' ? payments.sessionId : payments.providerPaymentId;
  const isAboutNothing = about === undefined;
  await guarded(() =>
    db.execute(sql`
      WITH known AS (
        SELECT max(id) AS id,
               ${tellsOfCapture}::boolean AND bool_or(state = 'captured' AND captured_minor = amount_minor) AS told
          FROM payments WHERE ${column} = ${about?.id ?? null}::text),
      stored AS (
        INSERT INTO payment_events (id, kind, about_kind, about_id, created_at, received_at, worked_at)
        SELECT ${eventId}, ${kind}, ${about?.kind ?? null}, ${about?.id ?? null},
               ${instant(createdAtMs)}, ${now}, CASE WHEN ${isAboutNothing}::boolean OR told THEN ${now} END
          FROM known
            ON CONFLICT (id) DO NOTHING RETURNING worked_at),
      waiting AS (
        SELECT worked_at FROM stored UNION ALL
        SELECT worked_at FROM payment_events WHERE id = ${eventId})
      INSERT INTO outbox (kind, key, payload, payment_id, priority, created_at, due_at)
      SELECT 'payment.look', ${`look/${eventId}`}::text,
             jsonb_build_object('paymentId', known.id, 'providerEventId', ${eventId}::text), known.id, 0,
             ${now}, ${now}
        FROM known WHERE EXISTS (SELECT FROM waiting WHERE worked_at IS NULL)
          ON CONFLICT (key) DO UPDATE
         SET outcome = NULL, ended_at = NULL, tries = 0, last_error = NULL, due_at = EXCLUDED.due_at,
             payload = EXCLUDED.payload, payment_id = EXCLUDED.payment_id
       WHERE outbox.outcome IS NOT NULL`),
  );
}

/** An event, with the payment that it is about. */
export interface EventToLookAt {
  event: Row;
  /** Undefined where no row names what it is about. */
  found: PaymentToLookAt | undefined;
}

/** To be run alone, or in a `db.batch`. */
export function eventsToLookAt(db: Db, eventIds: readonly string[]) {
  return db
    .select({ event: paymentEvents, ...paymentToLookAt })
    .from(paymentEvents)
    .leftJoin(
      payments,
      // Each of the two has an index; both at once would not use them.
      sql`${payments.id} = CASE ${paymentEvents.aboutKind}
        WHEN 'session' THEN (SELECT id FROM payments s WHERE s.session_id = ${paymentEvents.aboutId})
        ELSE (SELECT id FROM payments p WHERE p.provider_payment_id = ${paymentEvents.aboutId}) END`,
    )
    .where(inArray(paymentEvents.id, [...eventIds]));
}

export async function findPaymentEvent(
  db: Db,
  eventId: string,
): Promise<EventToLookAt | undefined> {
  const [row] = await guarded(() => eventsToLookAt(db, [eventId]));
  return row && eventToLookAt(row);
}

/** Of a row that was read to be looked at. */
export function eventToLookAt({
  event,
  payment,
  events,
}: {
  event: Row;
  payment: PaymentToLookAt['payment'] | null;
  events: string[];
}): EventToLookAt {
  return { event, found: payment === null ? undefined : { payment, events } };
}

/** What was told is seen to: the payments that it is about were looked at, and what followed was done. */
export async function markEventsWorked(
  db: Db,
  eventIds: readonly string[],
  nowMs: number,
): Promise<void> {
  if (eventIds.length === 0) return;
  await guarded(() => db.execute(eventsWorked(eventIds, nowMs)));
}

/** The same, as a part of a statement. */
export function eventsWorked(eventIds: readonly string[], nowMs: number): SQL {
  return sql`
    UPDATE payment_events SET worked_at = ${instant(nowMs)}
     WHERE worked_at IS NULL
       AND id = ANY (ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(eventIds)}::jsonb)))`;
}
