/**
 * Refunds that admins decide: a row and its row of the outbox, with an entry in the audit log, in one
 * transaction that no other refund of the payment runs beside.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { OrderId, PaymentId, RefundId, UserId } from '../../contract/ids.ts';
import type { RefundOrder, RefundStatus } from '../../contract/payments.ts';
import { logChanges } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import {
  type Claim,
  type Claimed,
  claimedOf,
  claimResultStatement,
  claimStatement,
  isClaimed,
  type KeyedCall,
} from './idempotency-keys.ts';
import { isDisputed } from './payment-disputes.ts';
import { enqueueRefundStatement } from './payment-refunds.ts';

/** What an order has left to be given back. */
export interface RefundRoom {
  customerId: UserId;
  /** Null where its order rests on no payment. */
  paymentId: PaymentId | null;
  /** In minor units; 0 where nothing was or will be taken. */
  leftMinor: number;
  leftUnits: number;
  /** The provider gives nothing back now: a dispute of the payment is open. */
  isDisputed: boolean;
}

export interface RefundDecision {
  id: RefundId;
  orderId: OrderId;
  wish: RefundOrder;
  actor: UserId;
  call: KeyedCall;
  nowMs: number;
}

/** @returns undefined where there is no such order. */
export async function readRefundRoom(db: Db, orderId: OrderId): Promise<RefundRoom | undefined> {
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof RefundRoom]: RefundRoom[name] }>(sql`
      SELECT customer_id AS "customerId", payment_id AS "paymentId",
             left_minor::float8 AS "leftMinor", left_units AS "leftUnits",
             disputed AS "isDisputed" FROM (${room(orderId)}) room`),
  );
  return rows[0];
}

/**
 * Decides it, where as much is left. A refund that is under way counts as given back, and one that failed
 * does not.
 * @returns `refused` where less is left or a dispute is open; `key_used` where this admin's key decided another one long ago.
 */
export async function decideRefund(
  db: Db,
  decision: RefundDecision & { paymentId: PaymentId },
): Promise<Claimed | 'key_used' | 'refused'> {
  const { id, orderId, paymentId, actor, call, nowMs } = decision;
  const claim: Claim = { call, subject: id };
  const wanted = wantedOf(decision);
  const ofKey = sql`decided_by = ${actor} AND request_key = ${call.key}`;
  const isNewKey = sql`NOT EXISTS (SELECT FROM payment_refunds WHERE ${ofKey})`;
  const entry = { actor, action: 'order.refund', subject: orderId };
  const decided = sql`
    SELECT NULL::jsonb, jsonb_build_object('refundId', id, 'amountCents', amount_minor, 'restockUnits', units)
      FROM payment_refunds WHERE id = ${id}`;
  const [, , , , , claimed, used] = await guarded(() =>
    db.batch([
      db.execute(sql`SELECT FROM payments WHERE id = ${paymentId} FOR NO KEY UPDATE`),
      db.execute(claimStatement(claim, sql`EXISTS (${wanted}) AND ${isNewKey}`)),
      db.execute(sql`
        INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, units, reason,
                                     decided_by, request_key, created_at)
        SELECT ${id}, payment_id, order_id, amount, currency, units, ${decision.wish.reason}, ${actor},
               ${call.key}, ${instant(nowMs)}
          FROM (${wanted}) wanted WHERE ${isClaimed(claim)}`),
      enqueueRefundStatement(db, { refundId: id, paymentId, nowMs }),
      db.execute(logChanges(entry, decided)),
      db.execute<{ subject: string }>(claimResultStatement(claim)),
      db.execute<{ id: string }>(sql`SELECT id FROM payment_refunds WHERE ${ofKey}`),
    ]),
  );
  if (claimed.rows.length > 0) return claimedOf(claim, claimed.rows);
  if (used.rows.length > 0) return 'key_used';
  const left = await readRefundRoom(db, orderId);
  return left !== undefined && isEnough(left, decision) ? 'too_many' : 'refused';
}

function isEnough(
  { leftMinor, leftUnits, isDisputed: isBarred }: RefundRoom,
  { wish }: RefundDecision,
): boolean {
  if (isBarred) return false;
  return leftMinor >= (wish.amountCents ?? 1) && leftUnits >= (wish.restockUnits ?? 0);
}

export interface StoredRefund {
  id: RefundId;
  status: RefundStatus;
  amountCents: number;
  restockUnits: number;
  reason: string;
  createdAtMs: number;
  orderId: OrderId;
  customerId: UserId;
}

export async function findRefund(db: Db, id: RefundId): Promise<StoredRefund | undefined> {
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof StoredRefund]: StoredRefund[name] }>(sql`
      SELECT r.id, r.state AS status, r.amount_minor::float8 AS "amountCents", r.units AS "restockUnits",
             r.reason, (extract(epoch FROM r.created_at) * 1000)::float8 AS "createdAtMs",
             r.order_id AS "orderId", p.customer_id AS "customerId"
        FROM payment_refunds r JOIN payments p ON p.id = r.payment_id WHERE r.id = ${id}`),
  );
  return rows[0];
}

/** One row, of an order that there is. */
function room(orderId: OrderId): SQL {
  return sql`
    SELECT o.id AS order_id, o.customer_id, p.id AS payment_id, p.currency,
           coalesce(o.unit_price_minor, o.unit_price_cents) AS unit_minor,
           CASE WHEN o.tax_included THEN 0 ELSE coalesce(o.tax_rate_milli, 0) END AS added_milli,
           coalesce(left_of_payment(p), 0) AS left_minor, ${isDisputed(sql`p.id`)} AS disputed,
           CASE o.status WHEN 'confirmed' THEN o.quantity - greatest(o.units_returned, r.units)
                         ELSE 0 END AS left_units
      FROM orders o LEFT JOIN payments p ON p.id = o.payment_id AND o.status = 'confirmed'
     CROSS JOIN LATERAL (
       SELECT coalesce(sum(units) FILTER (WHERE state <> 'failed' OR units_returned), 0)::int AS units
         FROM payment_refunds WHERE payment_id = p.id) r
     WHERE o.id = ${orderId}`;
}

/**
 * What is to be given back, or no row where less is left. Without an amount: the price of the units that are
 * named with the tax that was added to it, as far as it is left, or else all that is left. What delivery cost
 * is given back only with everything.
 */
function wantedOf({ orderId, wish }: RefundDecision): SQL {
  const { amountCents, restockUnits, restock = false } = wish;
  const units = restock ? sql`left_units` : sql`${restockUnits ?? 0}::int`;
  const ofUnits =
    restockUnits === undefined || restockUnits === 0
      ? sql`left_minor`
      : sql`least(left_minor, ${restockUnits}::int * unit_minor
          + round(${restockUnits}::int * unit_minor::numeric * added_milli / 100000)::bigint)`;
  const amount = amountCents === undefined ? ofUnits : sql`${amountCents}::bigint`;
  return sql`
    SELECT order_id, payment_id, currency, ${amount} AS amount, ${units} AS units
      FROM (${room(orderId)}) room
     WHERE NOT disputed AND ${amount} BETWEEN 1 AND left_minor AND ${units} <= left_units`;
}
