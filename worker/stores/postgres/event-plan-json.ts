/** An event's plan as JSON, from a plan that was sent or from the rows: compared, and recorded in the audit log. */
import { type SQL, sql } from 'drizzle-orm';
import { instantJson } from './audit.ts';
import type { EventPlan } from './event-plan-rows.ts';

export function planJson(plan: EventPlan): SQL {
  // Follows from the start, and is read where the draw is.
  const fields = { ...plan, drawBeacon: undefined, coverUrl: plan.coverUrl ?? undefined };
  if (Object.keys(plan.translations ?? {}).length === 0) fields.translations = undefined;
  return sql`${JSON.stringify(fields)}::jsonb`;
}

/** What the plan makes of the event `e`: a cover, or translations, that were left out stay. */
export function editedPlanJson(plan: EventPlan): SQL {
  const cover = plan.coverUrl === undefined ? coverJson : sql`'{}'::jsonb`;
  const translated = plan.translations === undefined ? translatedJson : sql`'{}'::jsonb`;
  return sql`(${cover} || ${translated} || ${planJson(plan)})`;
}

/** @param kept what is written where the plan leaves them out. */
export function translationsJson({ translations }: EventPlan, kept: SQL): SQL {
  return translations === undefined ? kept : sql`${JSON.stringify(translations)}::jsonb`;
}

export function shippingJson({ shipping }: EventPlan): SQL {
  return sql`${JSON.stringify(shipping)}::jsonb`;
}

export function drawBeaconJson({ drawBeacon }: EventPlan): SQL {
  return drawBeacon ? sql`${JSON.stringify(drawBeacon)}::jsonb` : sql`NULL::jsonb`;
}

/** Each variant of a plan with its label as of now, since the audit log is read when there may be others. */
export function withLabels(plan: SQL): SQL {
  return sql`(SELECT p.plan || jsonb_build_object('items', (
      SELECT coalesce(jsonb_agg(l.line || CASE WHEN l.line ? 'variants'
               THEN jsonb_build_object('variants', (
                 SELECT jsonb_agg(jsonb_build_object('label', v.label) || o.one ORDER BY o.n)
                   FROM jsonb_array_elements(l.line -> 'variants') WITH ORDINALITY AS o (one, n)
                   LEFT JOIN item_variants v ON v.id = o.one ->> 'variantId'))
               ELSE '{}' END ORDER BY l.n), '[]')
        FROM jsonb_array_elements(p.plan -> 'items') WITH ORDINALITY AS l (line, n)))
    FROM (SELECT ${plan} AS plan) AS p)`;
}

/** Of the event `e`. Without one it is not named, as the version before does not. */
const coverJson: SQL = sql`jsonb_strip_nulls(jsonb_build_object('coverUrl', e.cover_url))`;

const translatedJson: SQL = sql`jsonb_strip_nulls(jsonb_build_object('translations', nullif(e.translations, '{}')))`;

/** The event `e` in the shape of its plan. */
export const eventJson: SQL = sql`(${coverJson} || ${translatedJson} || jsonb_build_object('title', e.title, 'description', e.description,
  'currency', e.currency, 'startsAt', ${instantJson(sql`e.starts_at`)},
  'endsAt', ${instantJson(sql`e.ends_at`)}, 'timeZone', e.time_zone, 'published', e.published,
  'holdSeconds', e.hold_seconds, 'requireVerifiedEmail', e.require_verified_email,
  'oneLimitPerMailbox', e.one_limit_per_mailbox, 'payment', e.payment,
  'needsAddress', e.needs_address, 'shipping', e.shipping, 'admission', e.admission, 'waitlist', e.waitlist,
  'reportPublic', e.report_public, 'offerSeconds', e.offer_seconds, 'entriesCloseAt', ${instantJson(sql`e.entries_close_at`)}, 'items', (
    SELECT coalesce(jsonb_agg(l.line ORDER BY l.position), '[]')
      FROM (SELECT min(i.position) AS position,
              jsonb_build_object('itemId', i.item_id, 'stock', sum(i.stock_total),
                'priceCents', (array_agg(i.price_minor ORDER BY i.position))[1],
                'limitPerCustomer', min(i.limit_per_customer))
              || CASE WHEN min(i.variant_id) IS NULL THEN '{}'
                   ELSE jsonb_build_object('variants', jsonb_agg(jsonb_build_object('variantId',
                     i.variant_id, 'priceCents', i.price_minor, 'stock', i.stock_total)
                     ORDER BY i.position)) END AS line
              FROM event_items i WHERE i.event_id = e.id GROUP BY i.item_id) AS l)))`;
