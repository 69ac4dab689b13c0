/**
 * Events as admins plan them: made, and replaced as far as event-edits.ts allows. Every change is written
 * with its entry in the audit log, all of it or nothing.
 */
import { type SQL, sql } from 'drizzle-orm';
import {
  EVENT_ITEM_NUMBER_MAX,
  type EventId,
  eventItemIdPrefixOf,
  type ItemId,
  makeEventItemId,
} from '../../contract/ids.ts';
import { type Act, logChanges } from './audit.ts';
import { type Db, guarded } from './client.ts';
import { conditionStatement, isMet, wasMet } from './conditions.ts';
import { type EditVerdict, editVerdict } from './event-edits.ts';
import {
  drawBeaconJson,
  editedPlanJson,
  eventJson,
  planJson,
  shippingJson,
  translationsJson,
  withLabels,
} from './event-plan-json.ts';
import {
  coversOf,
  type EventPlan,
  fitsCatalogue,
  itemRows,
  lockItems,
  rowsOf,
  type Unfit,
  type UnfitRow,
  unfitOf,
  unfitRows,
} from './event-plan-rows.ts';
import {
  type Claim,
  type Claimed,
  claimedOf,
  claimResultStatement,
  claimStatement,
  isClaimed,
  type KeyedCall,
} from './idempotency-keys.ts';
import { missingPictures, usePictures } from './picture-uses.ts';

/** Moves positions out of the way of the new ones, which are 1 to 99. */
const POSITION_ASIDE = 1_000;

/**
 * Writes an event with its items, unless the catalogue lacks one of them, or another call has the
 * key that this one named.
 */
export async function insertEvent(
  db: Db,
  id: EventId,
  { plan, actor, call }: { plan: EventPlan; actor: string; call?: KeyedCall | undefined },
): Promise<{ outcome: 'written'; claimed: Claimed } | Unfit> {
  const claim: Claim = { call, subject: id };
  const may = sql`${fitsCatalogue(plan)} AND ${isClaimed(claim)}`;
  const items = rowsOf(plan).map((row) => ({ ...row, id: makeEventItemId(id, row.position) }));
  const [, missing, known, unfit, , , , , claimed] = await guarded(() =>
    db.batch([
      ...useCover(db, plan),
      db.execute<{ id: ItemId }>(lockItems(plan)),
      db.execute<UnfitRow & Record<string, unknown>>(unfitRows(plan)),
      db.execute(claimStatement(claim, fitsCatalogue(plan))),
      db.execute(sql`
        INSERT INTO events (id, title, description, cover_url, currency, starts_at, ends_at, hold_seconds,
                            published, time_zone, item_numbers_used,
                            require_verified_email, one_limit_per_mailbox, payment,
                            needs_address, shipping, admission, waitlist, offer_seconds, entries_close_at,
                            report_public, draw_beacon, translations)
        SELECT ${id}, ${plan.title}, ${plan.description}, ${plan.coverUrl ?? null}::text, ${plan.currency},
               ${plan.startsAt}::timestamptz, ${plan.endsAt}::timestamptz, ${plan.holdSeconds}::int,
               ${plan.published}::boolean, ${plan.timeZone}, ${items.length}::int,
               ${plan.requireVerifiedEmail}::boolean, ${plan.oneLimitPerMailbox}::boolean,
               ${plan.payment}, ${plan.needsAddress}::boolean, ${shippingJson(plan)},
               ${plan.admission}, ${plan.waitlist}::boolean, ${plan.offerSeconds}::int,
               ${plan.entriesCloseAt}::timestamptz, ${plan.reportPublic}::boolean,
               ${drawBeaconJson(plan)}, ${translationsJson(plan, sql`'{}'`)}
         WHERE ${may}`),
      db.execute(sql`
        INSERT INTO event_items (id, event_id, item_id, variant_id, position, price_cents,
                                 price_minor, stock_total, stock_remaining, limit_per_customer)
        SELECT n.id, ${id}, n."itemId", n."variantId", n.position,
               ${int4(sql`n."priceCents"`)}, n."priceCents", n.stock, n.stock, n."limitPerCustomer"
          FROM ${itemRows(items)} WHERE ${may}`),
      db.execute(
        logChanges(
          { actor, action: 'event.create', subject: id },
          sql`SELECT NULL::jsonb, ${withLabels(planJson(plan))} WHERE ${may}`,
        ),
      ),
      db.execute<{ subject: string }>(claimResultStatement(claim)),
    ]),
  );
  return (
    unfitOf(plan, known.rows, { unfit: unfit.rows, missing: missing.rows }) ?? {
      outcome: 'written',
      claimed: claimedOf(claim, claimed.rows),
    }
  );
}

/**
 * Replaces an event and its items while it is locked: not opened, not before or in its sale, and
 * without an order. Once somebody is in its queue, until it is over, only texts, the order of its items, a
 * later end, more stock and higher limits may differ. Holds the event's lock, so a purchase or an entry
 * comes before all of it or after.
 * An item of the catalogue, or a variant, that stays in the event keeps its event item's id. One that was taken out
 * takes its id with it: whatever a page still shows by that id is never sold as something else.
 * @returns `changed` where the condition does not hold.
 */
export async function replaceEvent(
  db: Db,
  id: EventId,
  {
    plan,
    actor,
    nowMs,
    condition,
    action = 'event.edit',
  }: { plan: EventPlan; action?: string } & Act,
): Promise<
  | { outcome: 'written' | 'not_found' | 'numbers_used_up' | 'changed' }
  | { outcome: Exclude<EditVerdict, 'may'> }
  | Unfit
> {
  // The event's row is changed last, so this stays what it is until then.
  const verdictSql = editVerdict(id, plan, nowMs);
  const may = sql`${verdictSql} = 'may' AND ${fitsCatalogue(plan)} AND ${hasNumbersLeft(id, plan)}
    AND ${isMet}`;
  const [, missing, locked, , known, unfit, verdict, met] = await guarded(() =>
    db.batch([
      ...useCover(db, plan, sql`SELECT cover_url FROM events WHERE id = ${id}`),
      db.execute(sql`SELECT id FROM events WHERE id = ${id} FOR NO KEY UPDATE`),
      // The version before this one gives numbers without counting them.
      db.execute(sql`UPDATE events SET item_numbers_used = ${greatestNumber(id)}
        WHERE id = ${id} AND item_numbers_used < ${greatestNumber(id)}`),
      db.execute<{ id: ItemId }>(lockItems(plan)),
      db.execute<UnfitRow & Record<string, unknown>>(unfitRows(plan)),
      db.execute<{ edit: EditVerdict; hasNumbersLeft: boolean }>(sql`
        SELECT ${verdictSql} AS edit, ${hasNumbersLeft(id, plan)} AS "hasNumbersLeft"`),
      db.execute<{ met: boolean }>(conditionStatement(condition)),
      db.execute(
        logChanges(
          { actor, action, subject: id },
          sql`SELECT ${withLabels(eventJson)}, ${withLabels(editedPlanJson(plan))}
                FROM events e WHERE id = ${id} AND ${may}`,
        ),
      ),
      ...replaceItems(db, { id, plan, may }),
      db.execute(sql`
        UPDATE events SET title = ${plan.title}, description = ${plan.description},
               translations = ${translationsJson(plan, sql`translations`)},
               cover_url = ${plan.coverUrl === undefined ? sql`cover_url` : sql`${plan.coverUrl}::text`},
               currency = ${plan.currency}, starts_at = ${plan.startsAt}::timestamptz,
               ends_at = ${plan.endsAt}::timestamptz, hold_seconds = ${plan.holdSeconds}::int,
               published = ${plan.published}::boolean, time_zone = ${plan.timeZone},
               require_verified_email = ${plan.requireVerifiedEmail}::boolean,
               one_limit_per_mailbox = ${plan.oneLimitPerMailbox}::boolean,
               payment = ${plan.payment}, needs_address = ${plan.needsAddress}::boolean,
               shipping = ${shippingJson(plan)}, admission = ${plan.admission}, waitlist = ${plan.waitlist}::boolean,
               offer_seconds = ${plan.offerSeconds}::int, report_public = ${plan.reportPublic}::boolean,
               entries_close_at = CASE WHEN has_entries THEN entries_close_at
                 ELSE ${plan.entriesCloseAt}::timestamptz END,
               draw_beacon = CASE WHEN has_entries THEN draw_beacon ELSE ${drawBeaconJson(plan)} END,
               item_numbers_used = greatest(item_numbers_used, ${greatestNumber(id)})
         WHERE id = ${id} AND ${may}`),
    ]),
  );
  const [checked] = verdict.rows;
  if (locked.rows.length === 0 || checked === undefined) return { outcome: 'not_found' };
  if (checked.edit !== 'may') return { outcome: checked.edit };
  const refused = unfitOf(plan, known.rows, { unfit: unfit.rows, missing: missing.rows });
  if (refused !== undefined) return refused;
  if (!wasMet(met.rows)) return { outcome: 'changed' };
  return { outcome: checked.hasNumbersLeft ? 'written' : 'numbers_used_up' };
}

/** Before all else, so that the cover is there until the end of the transaction. */
function useCover(db: Db, plan: EventPlan, before?: SQL) {
  const covers = coversOf(plan);
  return [
    db.execute(usePictures(covers, before)),
    db.execute<{ urls: string[] }>(sql`SELECT ${missingPictures(covers)} AS urls`),
  ] as const;
}

function replaceItems(db: Db, { id, plan, may }: { id: EventId; plan: EventPlan; may: SQL }) {
  const rows = itemRows(rowsOf(plan));
  const isSameItem = sql`i.item_id = n."itemId" AND i.variant_id IS NOT DISTINCT FROM n."variantId"`;
  const ofEvent = sql`event_items i WHERE i.event_id = ${id}`;
  return [
    // Calendars name what is sold.
    db.execute(sql`UPDATE events SET calendar_sequence = calendar_sequence + 1,
             calendar_changed_at = greatest(now(), calendar_changed_at)
      WHERE id = ${id} AND ${may} AND (
        EXISTS (SELECT FROM ${ofEvent} AND NOT EXISTS (SELECT FROM ${rows} WHERE ${isSameItem}))
        OR EXISTS (SELECT FROM ${rows} WHERE NOT EXISTS (SELECT FROM ${ofEvent} AND ${isSameItem})))`),
    // Nobody entered where an item is taken out: neither its numbered stock nor a lock is needed by anybody.
    db.execute(sql`DELETE FROM queue_stock_changes c USING ${ofEvent} AND c.event_item_id = i.id
      AND NOT EXISTS (SELECT FROM ${rows} WHERE ${isSameItem}) AND ${may}`),
    db.execute(sql`DELETE FROM draws d WHERE d.event_id = ${id} AND ${may}
      AND NOT (SELECT e.has_entries FROM events e WHERE e.id = ${id})`),
    db.execute(sql`DELETE FROM event_items i
      WHERE event_id = ${id} AND NOT EXISTS (SELECT FROM ${rows} WHERE ${isSameItem}) AND ${may}`),
    // No two rows may have one position at any moment, so those that stay first step aside.
    db.execute(sql`UPDATE event_items SET position = position + ${POSITION_ASIDE}::int
      WHERE event_id = ${id} AND ${may}`),
    db.execute(sql`
      UPDATE event_items i SET position = n.position,
             price_cents = ${int4(sql`n."priceCents"`)}, price_minor = n."priceCents",
             stock_total = n.stock, stock_remaining = n.stock - i.stock_held - i.stock_sold,
             limit_per_customer = n."limitPerCustomer"
        FROM ${rows}
       WHERE i.event_id = ${id} AND ${isSameItem} AND ${may}`),
    db.execute(sql`
      INSERT INTO event_items (id, event_id, item_id, variant_id, position, price_cents, price_minor,
                               stock_total, stock_remaining, limit_per_customer)
      SELECT ${eventItemIdPrefixOf(id)}::text || e.item_numbers_used + row_number() OVER (ORDER BY position),
             ${id}, "itemId", "variantId", position, ${int4(sql`"priceCents"`)}, "priceCents", stock,
             stock, "limitPerCustomer"
        FROM ${rows} JOIN events e ON e.id = ${id}
       WHERE NOT EXISTS (SELECT FROM event_items i WHERE i.event_id = ${id} AND ${isSameItem})
         AND ${may}`),
  ] as const;
}

/** Whether each item that the plan adds can be given a number that no item of the event has had. */
function hasNumbersLeft(id: EventId, plan: EventPlan): SQL {
  return sql`(SELECT e.item_numbers_used FROM events e WHERE e.id = ${id})
    + (SELECT count(*) FROM ${itemRows(rowsOf(plan))} WHERE NOT EXISTS (
        SELECT FROM event_items i WHERE i.event_id = ${id} AND i.item_id = n."itemId"
           AND i.variant_id IS NOT DISTINCT FROM n."variantId")) <= ${EVENT_ITEM_NUMBER_MAX}::int`;
}

function greatestNumber(id: EventId): SQL {
  return sql`(SELECT coalesce(max(split_part(i.id, '_', 3)::int), 0)
    FROM event_items i WHERE i.event_id = ${id})`;
}

/** As the version before wide prices reads a price. */
function int4(price: SQL): SQL {
  return sql`least(${price}, 2147483647)`;
}
