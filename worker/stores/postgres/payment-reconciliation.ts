/**
 * Payments that nobody has heard of for long or that are not what the provider says: found, and put into the
 * outbox, which looks at them or ends them. Nothing is changed here, so it may be asked for at any time.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { PaymentId } from '../../contract/ids.ts';
import { type Db, guarded, instant } from './client.ts';
import type { PaymentRowState } from './payment-schema.ts';

export interface KnownPayment {
  id: PaymentId;
  state: PaymentRowState;
  providerPaymentId: string | null;
  amountMinor: number;
  capturedMinor: number;
  refundedMinor: number;
  currency: string;
  /** Whether its order rests on it. */
  isOrders: boolean;
  /** Whether the outbox is still to do something about it; what was given up counts. */
  isQueued: boolean;
}

const IS_QUEUED = sql`EXISTS (
  SELECT FROM outbox w WHERE w.payment_id = p.id AND (w.outcome IS NULL OR w.outcome = 'given_up'))`;

export async function readKnownPayments(db: Db, ids: readonly string[]): Promise<KnownPayment[]> {
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof KnownPayment]: KnownPayment[name] }>(sql`
      SELECT p.id, p.state, p.provider_payment_id AS "providerPaymentId", p.currency,
             p.amount_minor::float8 AS "amountMinor", p.captured_minor::float8 AS "capturedMinor",
             p.refunded_minor::float8 AS "refundedMinor",
             coalesce(o.status = 'confirmed' AND o.payment_id = p.id, false) AS "isOrders",
             ${IS_QUEUED} AS "isQueued"
        FROM payments p JOIN orders o ON o.id = p.order_id
       WHERE p.id = ANY (ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)))`),
  );
  return rows;
}

/** Those that may still change and are older than that, which the outbox has nothing to do with. */
export async function findUnsettledPayments(db: Db, begunBeforeMs: number): Promise<PaymentId[]> {
  const { rows } = await guarded(() =>
    db.execute<{ id: PaymentId }>(sql`
      SELECT p.id FROM payments p
       WHERE ${isUnsettled(begunBeforeMs)} AND NOT ${IS_QUEUED} ORDER BY p.begun_at`),
  );
  return rows.map(({ id }) => id);
}

/**
 * Has those looked at, at most `limit` of them, each once for a value of `turn`.
 * @returns how many.
 */
export async function queueLooksAtUnsettled(
  db: Db,
  {
    begunBeforeMs,
    turn,
    nowMs,
    limit,
  }: {
    begunBeforeMs: number;
    turn: string;
    nowMs: number;
    limit: number;
  },
): Promise<number> {
  const keyOf = sql`'look/' || p.id || '/' || ${turn}`;
  const { rows } = await guarded(() =>
    db.execute(sql`
      INSERT INTO outbox (kind, key, payload, payment_id, priority, created_at, due_at)
      SELECT 'payment.look', ${keyOf},
             jsonb_build_object('paymentId', p.id, 'providerEventId', NULL), p.id, 2, ${instant(nowMs)}, ${instant(nowMs)}
        FROM payments p
       WHERE ${isUnsettled(begunBeforeMs)} AND NOT ${IS_QUEUED}
         AND NOT EXISTS (SELECT FROM outbox before WHERE before.key = ${keyOf})
       ORDER BY p.begun_at LIMIT ${limit}
          ON CONFLICT (key) DO NOTHING RETURNING id`),
  );
  return rows.length;
}

/** Has payments looked at, or ended so that nothing is kept of them; `turn` tells one time from another. */
export async function queueForPayments(
  db: Db,
  kind: 'payment.look' | 'payment.release',
  { ids, turn, nowMs }: { ids: readonly PaymentId[]; turn: string; nowMs: number },
): Promise<void> {
  const [, what = ''] = kind.split('.');
  await guarded(() =>
    db.execute(sql`
      INSERT INTO outbox (kind, key, payload, payment_id, priority, created_at, due_at)
      SELECT ${kind}, ${what}::text || '/' || p.id || '/' || ${turn}::text,
             CASE ${kind}::text WHEN 'payment.look'
               THEN jsonb_build_object('paymentId', p.id, 'providerEventId', NULL)
               ELSE jsonb_build_object('paymentId', p.id) END,
             p.id, 1, ${instant(nowMs)}, ${instant(nowMs)}
        FROM payments p
       WHERE p.id = ANY (ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb)))
          ON CONFLICT (key) DO NOTHING`),
  );
}

function isUnsettled(begunBeforeMs: number): SQL {
  return sql`p.state IN ('open', 'authorised') AND p.begun_at <= ${instant(begunBeforeMs)}`;
}
