/** What the provider tells by its webhook: stored with the row of the outbox that has it worked off. */
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { PaymentId } from '../../contract/ids.ts';
import { type Db, guarded, instant } from './client.ts';
import { paymentEvents, payments } from './payment-schema.ts';

type Row = typeof paymentEvents.$inferSelect;

export interface NewPaymentEvent {
  eventId: string;
  /** The provider's word. */
  kind: string;
  createdAtMs: number;
  /** Undefined for what is no session and no payment: there is nothing to look at. */
  about: { kind: 'payment' | 'session'; id: string } | undefined;
  nowMs: number;
}

/**
 * Stores an event and has it looked at, in one statement: once it is answered, both are there. One that
 * comes again is looked at again only where it was not yet, though its row of the outbox has ended.
 */
export async function storePaymentEvent(db: Db, event: NewPaymentEvent): Promise<void> {
  const { eventId, kind, about, createdAtMs, nowMs } = event;
  const now = instant(nowMs);
  const workedAt = about === undefined ? now : sql`NULL::timestamptz`;
  const column = about?.kind === 'session' ? payments.sessionId : payments.providerPaymentId;
  await guarded(() =>
    db.execute(sql`
      WITH stored AS (
        INSERT INTO payment_events (id, kind, about_kind, about_id, created_at, received_at, worked_at)
        VALUES (${eventId}, ${kind}, ${about?.kind ?? null}, ${about?.id ?? null},
                ${instant(createdAtMs)}, ${now}, ${workedAt})
            ON CONFLICT (id) DO NOTHING RETURNING worked_at),
      waiting AS (
        SELECT worked_at FROM stored UNION ALL
        SELECT worked_at FROM payment_events WHERE id = ${eventId}),
      known AS (SELECT (SELECT id FROM payments WHERE ${column} = ${about?.id ?? null}::text) AS id)
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

export async function findPaymentEvent(db: Db, eventId: string): Promise<Row | undefined> {
  const [row] = await guarded(() =>
    db.select().from(paymentEvents).where(eq(paymentEvents.id, eventId)),
  );
  return row;
}

/** All that came about a payment before it was looked at. */
export async function markEventsWorked(
  db: Db,
  id: PaymentId,
  { receivedBeforeMs, nowMs }: { receivedBeforeMs: number; nowMs: number },
): Promise<void> {
  await guarded(() =>
    db.execute(sql`
      UPDATE payment_events e SET worked_at = ${instant(nowMs)}
        FROM payments p
       WHERE p.id = ${id} AND e.about_id IN (p.session_id, p.provider_payment_id)
         AND e.worked_at IS NULL AND e.received_at <= ${instant(receivedBeforeMs)}`),
  );
}

/** One that is about nothing of this shop. */
export async function markEventForeign(db: Db, eventId: string, nowMs: number): Promise<void> {
  await guarded(() =>
    db
      .update(paymentEvents)
      .set({ workedAt: new Date(nowMs) })
      .where(and(eq(paymentEvents.id, eventId), isNull(paymentEvents.workedAt))),
  );
}
