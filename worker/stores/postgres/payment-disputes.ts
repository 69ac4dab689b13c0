/** Disputes in Postgres: what the provider says of them, and what they mean for the money of a payment. */
import { type SQL, sql } from 'drizzle-orm';
import { DISPUTES_MAX, type Dispute, type DisputeState } from '../../contract/disputes.ts';
import type { OrderId, PaymentId } from '../../contract/ids.ts';
import type { Dispute as ProviderDispute } from '../../payment/provider.ts';
import { type Db, guarded, instant } from './client.ts';

/** What is told of one before stands behind what is told after it; an inquiry may become a dispute. */
const rankOf = (state: SQL) => sql`array_position(
  ARRAY['inquiry', 'inquiry_answered', 'closed', 'needs_answer', 'answered', 'ended'],
  CASE WHEN ${state} IN ('won', 'lost') THEN 'ended' ELSE ${state} END)`;

/**
 * Takes all disputes of a payment as the provider has them into their rows. Two answers may be written in another
 * order than they were given: so a dispute never goes back to what it was before.
 */
export async function writeDisputes(
  db: Db,
  paymentId: PaymentId,
  { disputes, nowMs }: { disputes: readonly ProviderDispute[]; nowMs: number },
): Promise<void> {
  const now = instant(nowMs);
  const said = disputes.map(({ disputeId: id, amountMinor, answerByMs, createdAtMs, ...rest }) => ({
    ...rest,
    id,
    amount: amountMinor,
    answer_by: answerByMs === undefined ? null : new Date(answerByMs).toISOString(),
    created_at: new Date(createdAtMs).toISOString(),
    refundable: rest.isRefundable,
  }));
  await guarded(() =>
    db.execute(sql`
      INSERT INTO payment_disputes AS d (id, payment_id, order_id, state, reason, amount_minor, currency,
                                         refundable, answer_by, created_at, ended_at)
      SELECT s.id, p.id, p.order_id, s.state, s.reason, s.amount, s.currency, s.refundable, s.answer_by, s.created_at,
             CASE WHEN s.state IN ('closed', 'won', 'lost') THEN ${now} END
        FROM jsonb_to_recordset(${JSON.stringify(said)}::jsonb) AS s(
               id text, state text, reason text, amount bigint, currency text, refundable boolean,
               answer_by timestamptz, created_at timestamptz)
        JOIN payments p ON p.id = ${paymentId} ORDER BY s.id
          ON CONFLICT (id) DO UPDATE
         SET state = excluded.state, reason = excluded.reason, amount_minor = excluded.amount_minor,
             refundable = excluded.refundable, answer_by = excluded.answer_by,
             ended_at = CASE WHEN excluded.state = d.state THEN d.ended_at ELSE excluded.ended_at END
       WHERE ${rankOf(sql`d.state`)} <= ${rankOf(sql`excluded.state`)}`),
  );
}

/** What disputes have taken of a payment for good. @param paymentId a column */
export const lostMinorOf = (paymentId: SQL): SQL => sql`(
  SELECT coalesce(sum(lost.amount_minor), 0)::bigint FROM payment_disputes lost
   WHERE lost.payment_id = ${paymentId} AND lost.state = 'lost')`;

/** Whether the provider gives nothing back of a payment, since a dispute of it is open. */
export const isDisputed = (paymentId: SQL): SQL => sql`EXISTS (
  SELECT FROM payment_disputes open
   WHERE open.payment_id = ${paymentId} AND open.ended_at IS NULL AND NOT open.refundable)`;

/** Of what could still be given back. */
export async function readDisputeState(
  db: Db,
  paymentId: PaymentId,
): Promise<{ isOpen: boolean; lostMinor: number }> {
  const { rows } = await guarded(() =>
    db.execute<{ isOpen: boolean; lostMinor: number }>(sql`
      SELECT ${isDisputed(sql`${paymentId}`)} AS "isOpen",
             ${lostMinorOf(sql`${paymentId}`)}::float8 AS "lostMinor"`),
  );
  return rows[0] ?? { isOpen: false, lostMinor: 0 };
}

/** Of an order, the newest first. @param pageOf the provider's own page of a dispute. */
export async function readDisputes(
  db: Db,
  orderId: OrderId,
  pageOf: (disputeId: string) => string | undefined,
): Promise<Dispute[]> {
  const { rows } = await guarded(() =>
    db.execute<{
      id: string;
      state: DisputeState;
      reason: string;
      amountCents: number;
      answerBy: string | null;
      createdAt: string;
    }>(sql`
      SELECT id, state, reason, amount_minor::float8 AS "amountCents",
             CASE WHEN state IN ('needs_answer', 'inquiry') THEN answer_by END AS "answerBy", created_at AS "createdAt"
        FROM payment_disputes WHERE order_id = ${orderId}
       ORDER BY payment_disputes.created_at DESC, id LIMIT ${DISPUTES_MAX}`),
  );
  return rows.map(({ answerBy, createdAt, ...row }) => ({
    ...row,
    answerBy: answerBy === null ? null : new Date(answerBy).toISOString(),
    createdAt: new Date(createdAt).toISOString(),
    url: pageOf(row.id) ?? null,
  }));
}

export interface KnownDispute {
  id: string;
  state: DisputeState;
  amountMinor: number;
}

export async function readKnownDisputes(db: Db, paymentId: PaymentId): Promise<KnownDispute[]> {
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof KnownDispute]: KnownDispute[name] }>(sql`
      SELECT id, state, amount_minor::float8 AS "amountMinor"
        FROM payment_disputes WHERE payment_id = ${paymentId} ORDER BY id`),
  );
  return rows;
}
