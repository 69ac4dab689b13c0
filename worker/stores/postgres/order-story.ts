/** What happened to an order, as its rows tell: its own, its payments', its refunds' and the outbox's. Reads only. */
import { sql } from 'drizzle-orm';
import type { OrderId } from '../../contract/ids.ts';
import {
  type AdminOrderDetail,
  STORY_ENTRIES_MAX,
  type StoryEntry,
} from '../../contract/order-story.ts';
import type { TaxPlan } from '../../contract/totals.ts';
import { readRefundRoom } from './admin-refunds.ts';
import { type Db, guarded } from './client.ts';
import { findAdminOrder } from './order-lists.ts';
import { readDisputes } from './payment-disputes.ts';

type Row = Omit<StoryEntry, 'at' | 'by'> & {
  at: string;
  kind: StoryEntry['by']['kind'];
  byId: StoryEntry['by']['id'];
  name: string | null;
};

interface Reading {
  nowMs: number;
  tax: TaxPlan;
  /** The provider's own page of a dispute. */
  disputePage(disputeId: string): string | undefined;
}

/** @returns undefined where there is no such order. */
export async function findOrderDetail(
  db: Db,
  id: OrderId,
  { nowMs, tax, disputePage }: Reading,
): Promise<AdminOrderDetail | undefined> {
  const [order, story, room, disputes] = await Promise.all([
    findAdminOrder(db, id, { nowMs, tax }),
    readOrderStory(db, id),
    readRefundRoom(db, id),
    readDisputes(db, id, disputePage),
  ]);
  const isPaid = room !== undefined && room.paymentId !== null;
  const refundable = isPaid ? { amountCents: room.leftMinor, units: room.leftUnits } : null;
  return (
    order && { ...order, refundable, disputes, story, serverNow: new Date(nowMs).toISOString() }
  );
}

/** Oldest first; empty where there is no such order. */
async function readOrderStory(db: Db, id: OrderId): Promise<StoryEntry[]> {
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof Row]: Row[name] }>(sql`
      WITH o AS (SELECT * FROM orders WHERE id = ${id}),
      told (at, turn, what, kind, by_id, amount, units, reason) AS (
        ${HOLD_STEPS} UNION ALL ${PAYMENT_STEPS} UNION ALL ${MAIL_STEPS} UNION ALL ${SENDING_STEPS}
         UNION ALL ${CANCELLING} UNION ALL ${ADDRESS_STEPS})
      SELECT told.at, what, kind, by_id AS "byId", users.display_name AS name,
             amount::float8 AS "amountCents", units, reason
        FROM told LEFT JOIN users ON users.id = by_id
       ORDER BY told.at, turn LIMIT ${STORY_ENTRIES_MAX}`),
  );
  return rows.map(({ at, kind, byId, name, ...entry }) => ({
    ...entry,
    at: new Date(at).toISOString(),
    by: { kind, id: byId, name },
  }));
}

const IS_BY_CUSTOMER = sql`(status = 'confirmed' AND payment_id IS NULL
  OR status = 'cancelled' AND cancel_key IS DISTINCT FROM '')`;

const HOLD_STEPS = sql`
  SELECT reserved_at, 0, 'reserved',
         CASE WHEN entry_id IS NULL THEN 'customer' ELSE 'shop' END,
         CASE WHEN entry_id IS NULL THEN customer_id END, NULL::bigint, NULL::int, NULL FROM o
   UNION ALL
  SELECT ended_at, 2, status, CASE WHEN ${IS_BY_CUSTOMER} THEN 'customer' ELSE 'shop' END,
         CASE WHEN ${IS_BY_CUSTOMER} THEN customer_id END, NULL, NULL, NULL
    FROM o WHERE ended_at IS NOT NULL`;

const PAYMENT_STEPS = sql`
  SELECT p.authorised_at, 1, 'authorised', 'customer', p.customer_id, p.amount_minor, NULL::int, NULL
    FROM payments p JOIN o ON p.order_id = o.id
   -- What was taken at once was authorised by nobody before.
   WHERE p.authorised_at IS DISTINCT FROM p.ended_at AND p.authorised_at IS NOT NULL
   UNION ALL
  SELECT p.ended_at, 3, p.state, 'provider', NULL,
         CASE WHEN p.state = 'captured' THEN p.captured_minor ELSE p.amount_minor END, NULL, p.end_reason
    FROM payments p JOIN o ON p.order_id = o.id WHERE p.ended_at IS NOT NULL
   UNION ALL
  SELECT r.created_at, 4, 'refund_decided', CASE WHEN r.decided_by IS NULL THEN 'shop' ELSE 'admin' END,
         r.decided_by, r.amount_minor, r.units, r.reason
    FROM payment_refunds r JOIN o ON r.order_id = o.id
   UNION ALL
  SELECT r.ended_at, 5, CASE r.state WHEN 'done' THEN 'refunded' ELSE 'refund_failed' END, 'provider', NULL,
         r.amount_minor, r.units, NULL
    FROM payment_refunds r JOIN o ON r.order_id = o.id WHERE r.ended_at IS NOT NULL
   UNION ALL
  SELECT d.created_at, 5, 'disputed', 'customer', p.customer_id, d.amount_minor, NULL, d.reason
    FROM payment_disputes d JOIN o ON d.order_id = o.id JOIN payments p ON p.id = d.payment_id
   UNION ALL
  SELECT d.ended_at, 5, 'dispute_' || d.state, 'provider', NULL, d.amount_minor, NULL, NULL
    FROM payment_disputes d JOIN o ON d.order_id = o.id WHERE d.ended_at IS NOT NULL`;

/** Whether the cancelling of the event `e` changed what became of the order `o`. */
const IS_ENDED_BY_EVENT = sql`e.cancelled_at IS NOT NULL
  AND (o.status IN ('pending', 'confirmed') OR o.ended_at >= e.cancelled_at)`;

/** Those that were asked for again by an admin, and all that left. A mail about the event is part of each order. */
const MAIL_STEPS = sql`
  SELECT a.at, 6, 'mail_again', 'admin', a.actor, NULL::bigint, NULL::int, a.after ->> 'kind'
    FROM audit_log a JOIN o ON a.subject = o.id WHERE a.action = 'order.mail'
   UNION ALL
  SELECT m.ended_at, 9, 'mailed', 'shop', NULL, NULL, NULL, NULLIF(substr(m.kind, 6), 'order_confirmed')
    FROM o JOIN outbox m ON m.key = 'order_confirmed/' || o.id
      OR m.user_id = o.customer_id AND m.kind IN ('mail.order_confirmed', 'mail.order_sent')
     AND split_part(m.key, '/', 2) = o.id
   WHERE m.outcome = 'done'
   UNION ALL
  SELECT m.ended_at, 9, 'mailed', 'shop', NULL, NULL, NULL, substr(m.kind, 6) FROM outbox m
   WHERE m.outcome = 'done' AND m.key IN (
     SELECT 'refund_made/' || r.id FROM payment_refunds r JOIN o ON r.order_id = o.id
      UNION ALL
     SELECT 'not_charged/' || p.id FROM payments p JOIN o ON p.order_id = o.id
      UNION ALL
     SELECT 'event_cancelled/' || e.id || '/' || o.customer_id
       FROM o JOIN events e ON e.id = o.event_id WHERE ${IS_ENDED_BY_EVENT})`;

const ADDRESS_STEPS = sql`
  SELECT a.at, 8, 'address_corrected', 'admin', a.actor, NULL::bigint, NULL::int, NULL
    FROM audit_log a JOIN o ON a.subject = o.id WHERE a.action = 'order.address'`;

/** As the audit log tells it; a time that it does not know is the order's own. */
const SENDING_STEPS = sql`
  SELECT (a.after ->> 'sentAt')::timestamptz, 7, 'sent', 'admin', a.actor, NULL::bigint, NULL::int, NULL
    FROM audit_log a JOIN o ON a.subject = o.id
   WHERE a.action = 'order.sent' AND a.after ->> 'sentAt' IS NOT NULL
   UNION ALL
  SELECT a.at, 8, 'sent_taken_back', 'admin', a.actor, NULL, NULL, NULL
    FROM audit_log a JOIN o ON a.subject = o.id WHERE a.action = 'order.not_sent'
   UNION ALL
  SELECT o.sent_at, 7, 'sent', 'shop', NULL, NULL, NULL, NULL FROM o
   WHERE o.sent_at IS NOT NULL AND NOT EXISTS (
     SELECT FROM audit_log a WHERE a.subject = o.id AND a.action = 'order.sent'
        AND (a.after ->> 'sentAt')::timestamptz = o.sent_at)`;

/** Of the whole event, where it changed what became of the order. */
const CANCELLING = sql`
  SELECT e.cancelled_at, -1, 'event_cancelled', CASE WHEN e.cancelled_by IS NULL THEN 'shop' ELSE 'admin' END,
         e.cancelled_by, NULL::bigint, NULL::int, e.cancel_reason
    FROM o JOIN events e ON e.id = o.event_id
   WHERE ${IS_ENDED_BY_EVENT}`;
