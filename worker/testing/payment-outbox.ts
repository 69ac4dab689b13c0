/** What a test sees and works off of payments in the database, as the objects would: in tests in workerd. */
import { sql } from 'drizzle-orm';
import type { OrderId, PaymentId } from '../contract/ids.ts';
import type { Deps } from '../deps/deps.ts';
import { createPaymentHandlers } from '../outbox/payments/handlers.ts';
import type { PaymentProvider } from '../payment/provider.ts';
import type { LeasedRow } from '../stores/postgres/outbox-work.ts';
import { markEventsWorked } from '../stores/postgres/payment-events.ts';
import { findPayment, type PaymentRow } from '../stores/postgres/payments.ts';
import { deps } from './shop.ts';

const ROWS_MAX = 30;

type OutboxNeeds = Parameters<typeof createPaymentHandlers>[0];

export function needsOf({ sale, stores, platform }: Deps, provider: PaymentProvider): OutboxNeeds {
  return { db: stores.db, provider, sale, ...platform };
}

export async function workOff(needs: OutboxNeeds, id: PaymentId): Promise<string[]> {
  const handlers = createPaymentHandlers(needs);
  const worked: string[] = [];
  for (let rows = 0; rows < ROWS_MAX; rows++) {
    const [row] = await findWaiting(id);
    if (row === undefined) return worked;
    const tried = await handlers[row.kind as 'payment.release'](
      row as LeasedRow<'payment.release'>,
    );
    const { kind: outcome } = tried;
    if ('events' in tried) await markEventsWorked(deps.stores.db, tried.events ?? [], Date.now());
    if (outcome !== 'done' && outcome !== 'dropped') throw new Error(`${row.kind}: ${outcome}`);
    worked.push(`${row.kind} ${outcome}`);
    await deps.stores.db.execute(
      sql`UPDATE outbox SET outcome = ${outcome}, ended_at = now() WHERE id = ${row.id}`,
    );
  }
  throw new Error('the outbox is never empty');
}

async function findWaiting(id: PaymentId): Promise<LeasedRow[]> {
  const { rows } = await deps.stores.db.execute<
    Pick<LeasedRow, 'kind' | 'key' | 'payload'> & { id: string }
  >(
    sql`SELECT id, kind, key, payload FROM outbox WHERE payment_id = ${id} AND outcome IS NULL
         ORDER BY id LIMIT 1`,
  );
  const nowMs = deps.platform.nowMs();
  const times = { createdAtMs: nowMs, dueAtMs: nowMs, dropAfterMs: null };
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    userId: null,
    priority: 0,
    tries: 0,
    ...times,
  }));
}

/** The row of a payment. */
export async function paymentRowOf(id: string): Promise<PaymentRow> {
  const found = await findPayment(deps.stores.db, id as PaymentId);
  if (found === undefined) throw new Error(`there is no payment ${id}`);
  return found.payment;
}

/** The rows of the outbox about a payment that wait, by their kind. */
export async function waitingFor(id: string): Promise<string[]> {
  const { rows } = await deps.stores.db.execute<{ kind: string }>(
    sql`SELECT kind FROM outbox WHERE payment_id = ${id} AND outcome IS NULL ORDER BY id`,
  );
  return rows.map(({ kind }) => kind);
}

export async function orderRowOf(id: OrderId) {
  const { rows } = await deps.stores.db.execute<{ status: string; payment_id: string | null }>(
    sql`SELECT status, payment_id FROM orders WHERE id = ${id}`,
  );
  return { status: rows[0]?.status, paymentId: rows[0]?.payment_id };
}
