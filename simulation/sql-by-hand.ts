/** Changes of the real tables for which the Worker's own code asks for more than is simulated. */
import type { PGlite } from '@electric-sql/pglite';
import type { EventId, EventItemId, QueueEntryId, UserId } from '../worker/contract/ids.ts';
import { endHoldsOfInactive } from '../worker/stores/postgres/inactive-holds.ts';
import { beginPaymentStatement } from '../worker/stores/postgres/payments.ts';
import type { PaymentChange } from './payment-rows.ts';
import type { SqlDatabase } from './sql-database.ts';

export async function disqualify(
  pglite: PGlite,
  { eventId, entryId, nowMs }: { eventId: EventId; entryId: QueueEntryId; nowMs: number },
): Promise<void> {
  await pglite.query('SELECT disqualify_entry($1, $2, $3)', [eventId, entryId, nowMs]);
}

/** As a Worker of an old version did it: no admin changes a price in mid-sale. */
export async function setPrice(
  pglite: PGlite,
  { eventItemId, priceCents }: { eventItemId: EventItemId; priceCents: number },
): Promise<void> {
  await pglite.query('UPDATE event_items SET price_cents = $2 WHERE id = $1', [
    eventItemId,
    priceCents,
  ]);
}

/** Nothing that is simulated knows passwords or mails. */
export async function deleteAccount(
  { pglite, db }: SqlDatabase,
  id: UserId,
  nowMs: number,
): Promise<void> {
  const { rows } = await pglite.query(
    `UPDATE users SET active = false, deleted_at = now(), session_epoch = session_epoch + 1
      WHERE id = $1 AND active RETURNING id`,
    [id],
  );
  if (rows.length > 0) await endHoldsOfInactive(db, id, nowMs);
}

/** What the provider tells is written as it stands: how that is learned is not simulated. */
export async function changePayment(
  { pglite, db }: SqlDatabase,
  change: PaymentChange,
): Promise<void> {
  if (change.kind === 'begin_payment') {
    const { paymentId: id, orderId, nowMs } = change;
    await beginPaymentStatement(db, { id, orderId, nowMs });
  } else if (change.kind === 'payment_told') {
    const { paymentId, state, amountMinor = null } = change;
    await pglite.query(
      `UPDATE payments SET state = $2, amount_minor = coalesce($3, amount_minor),
              captured_minor = CASE WHEN $2 = 'captured' THEN coalesce($3, amount_minor) ELSE 0 END,
              ended_at = CASE WHEN $2 IN ('captured', 'released', 'failed') THEN now() END
        WHERE id = $1`,
      [paymentId, state, amountMinor],
    );
  } else {
    const { refundId, paymentId, units } = change;
    await pglite.query(
      `INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, units, reason, created_at)
       SELECT $1, id, order_id, 0, currency, $3, 'a drill', now() FROM payments WHERE id = $2`,
      [refundId, paymentId, units],
    );
  }
}
