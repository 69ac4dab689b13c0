/** What happened to an order, as its rows tell: its own, its payments', its refunds' and the outbox's. Reads only. */
import { sql } from 'drizzle-orm';
import type { OrderId } from '../../contract/ids.ts';
import {
  type AdminOrderDetail,
  STORY_ENTRIES_MAX,
  type StoryEntry,
} from '../../contract/order-story.ts';
import { readRefundRoom } from './admin-refunds.ts';
import { type Db, guarded } from './client.ts';
import { findAdminOrder } from './order-lists.ts';

type Row = Omit<StoryEntry, 'at' | 'by'> & {
  at: string;
  kind: StoryEntry['by']['kind'];
  byId: StoryEntry['by']['id'];
  name: string | null;
};

/** @returns undefined where there is no such order. */
export async function findOrderDetail(
  db: Db,
  id: OrderId,
  nowMs: number,
): Promise<AdminOrderDetail | undefined> {
  const [order, story, room] = await Promise.all([
    findAdminOrder(db, id, nowMs),
    readOrderStory(db, id),
    readRefundRoom(db, id),
  ]);
  const isPaid = room !== undefined && room.paymentId !== null;
  const refundable = isPaid ? { amountCents: room.leftMinor, units: room.leftUnits } : null;
  return order && { ...order, refundable, story, serverNow: new Date(nowMs).toISOString() };
}

/** Oldest first; empty where there is no such order. */
async function readOrderStory(db: Db, id: OrderId): Promise<StoryEntry[]> {
  const { rows } = await guarded(() =>
    db.execute<{ [name in keyof Row]: Row[name] }>(sql`
      WITH o AS (SELECT * FROM orders WHERE id = ${id}),
      told (at, turn, what, kind, by_id, amount, units, reason) AS (
        SELECT reserved_at, 0, 'reserved',
               CASE WHEN entry_id IS NULL THEN 'customer' ELSE 'shop' END,
               CASE WHEN entry_id IS NULL THEN customer_id END, NULL::bigint, NULL::int, NULL FROM o
         UNION ALL
        SELECT ended_at, 2, status,
               CASE WHEN status = 'confirmed' AND payment_id IS NULL
                      OR status = 'cancelled' AND cancel_key IS DISTINCT FROM '' THEN 'customer' ELSE 'shop' END,
               CASE WHEN status = 'confirmed' AND payment_id IS NULL
                      OR status = 'cancelled' AND cancel_key IS DISTINCT FROM '' THEN customer_id END, NULL, NULL, NULL
          FROM o WHERE ended_at IS NOT NULL
         UNION ALL
        SELECT p.authorised_at, 1, 'authorised', 'customer', p.customer_id, p.amount_minor, NULL, NULL
          FROM payments p JOIN o ON p.order_id = o.id WHERE p.authorised_at IS NOT NULL
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
        SELECT m.ended_at, 6, 'mailed', 'shop', NULL, NULL, NULL, NULL
          FROM outbox m JOIN o ON m.key = 'order_confirmed/' || o.id WHERE m.outcome = 'done'
         UNION ALL
        SELECT o.sent_at, 7, 'sent', CASE WHEN said.actor IS NULL THEN 'shop' ELSE 'admin' END, said.actor,
               NULL, NULL, NULL
          FROM o LEFT JOIN LATERAL (
            SELECT actor FROM audit_log
             WHERE subject = o.id AND action = 'order.sent' AND after ->> 'sentAt' IS NOT NULL
             ORDER BY audit_log.id DESC LIMIT 1) said ON true
         WHERE o.sent_at IS NOT NULL
         UNION ALL
        SELECT e.cancelled_at, -1, 'event_cancelled', 'admin', e.cancelled_by, NULL, NULL, e.cancel_reason
          FROM o JOIN events e ON e.id = o.event_id
         WHERE e.cancelled_at IS NOT NULL
           AND (o.status IN ('pending', 'confirmed') OR o.ended_at >= e.cancelled_at))
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
