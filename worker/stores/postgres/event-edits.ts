/**
 * Which edits of an event are allowed: any while nobody can have bought or entered; and once somebody is in
 * its queue, until it is over, those that take nothing away from whoever entered.
 */
import { eq, type SQL, sql } from 'drizzle-orm';
import { type EventId, orderIdRange } from '../../contract/ids.ts';
import { type Db, guarded, instant } from './client.ts';
import { shippingJson } from './event-plan-json.ts';
import { type EventPlan, itemRows, rowsOf } from './event-plan-rows.ts';
import { events } from './schema.ts';

/** `has_entries`: it changes something that was promised to those in the queue. */
export type EditVerdict = 'may' | 'not_locked' | 'has_entries' | 'cancelled';

/**
 * An EditVerdict; null for an event that is not there. The first statements of an edit change items: what
 * this says stays the same until the event's own row is changed.
 */
export function editVerdict(id: EventId, plan: EventPlan, nowMs: number): SQL {
  return sql`(SELECT CASE
      WHEN e.cancelled_at IS NOT NULL THEN 'cancelled'
      WHEN NOT e.has_entries THEN CASE WHEN ${isUntouched(id, nowMs)} THEN 'may' ELSE 'not_locked' END
      WHEN e.closed_at IS NOT NULL OR e.ends_at <= ${instant(nowMs)} THEN 'not_locked'
      WHEN ${keepsPromises(id, plan)} THEN 'may' ELSE 'has_entries' END
    FROM events e WHERE e.id = ${id})`;
}

/**
 * Of an event in whose queue somebody is, when it opens by plan: that stays as it is, though it may have
 * passed. @returns undefined without such an event.
 */
export async function findKeptStart(db: Db, id: EventId): Promise<string | undefined> {
  const [row] = await guarded(() =>
    db
      .select({ startsAt: events.startsAt, hasEntries: events.hasEntries })
      .from(events)
      .where(eq(events.id, id)),
  );
  return row?.hasEntries ? row.startsAt.toISOString() : undefined;
}

/** A draft stays editable when its start has passed: nobody could see it open. */
function isUntouched(id: EventId, nowMs: number): SQL {
  const [first, last] = orderIdRange(id);
  return sql`e.opened_at IS NULL AND e.closed_at IS NULL
    AND (NOT e.published OR e.starts_at > ${instant(nowMs)})
    AND NOT EXISTS (SELECT FROM orders o WHERE o.id BETWEEN ${first} AND ${last})`;
}

/** Only texts, the order of its items, a later end, more stock, higher limits and the public report differ. */
function keepsPromises(id: EventId, plan: EventPlan): SQL {
  return sql`e.currency = ${plan.currency} AND e.starts_at = ${plan.startsAt}::timestamptz
    AND e.ends_at <= ${plan.endsAt}::timestamptz AND e.time_zone = ${plan.timeZone}
    AND e.published = ${plan.published}::boolean AND e.hold_seconds = ${plan.holdSeconds}::int
    AND e.require_verified_email = ${plan.requireVerifiedEmail}::boolean
    AND e.one_limit_per_mailbox = ${plan.oneLimitPerMailbox}::boolean
    AND e.payment = ${plan.payment} AND e.needs_address = ${plan.needsAddress}::boolean
    AND e.shipping = ${shippingJson(plan)} AND e.admission = ${plan.admission} AND e.waitlist = ${plan.waitlist}::boolean
    AND e.offer_seconds = ${plan.offerSeconds}::int
    AND NOT EXISTS (
      SELECT FROM (SELECT * FROM event_items WHERE event_id = ${id}) i
        FULL JOIN ${itemRows(rowsOf(plan))}
          ON i.item_id = n."itemId" AND coalesce(i.variant_id, '') = coalesce(n."variantId", '')
       WHERE i.id IS NULL OR n."itemId" IS NULL OR i.price_minor <> n."priceCents"
          OR i.stock_total > n.stock OR i.limit_per_customer > n."limitPerCustomer")`;
}
