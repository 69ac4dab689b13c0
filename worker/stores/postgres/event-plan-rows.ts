/**
 * What a plan makes of its lines: one row for each event item. Also whether the lines fit the catalogue:
 * an item that has variants is sold by them.
 */
import { type SQL, sql } from 'drizzle-orm';
import type { NamedBeacon } from '../../contract/draw.ts';
import type { EventInput } from '../../contract/event-input.ts';
import type { EventItemId, ItemId, VariantId } from '../../contract/ids.ts';
import { missingIn, missingPictures } from './picture-uses.ts';

/** Its times are in UTC, with milliseconds. */
export type EventPlan = Omit<EventInput, 'timeZone' | 'items'> & {
  timeZone: string;
  /** Null for first come. */
  entriesCloseAt: string | null;
  /** The round by which a draw is made; without one, it is the shop's own beacon that makes it. */
  drawBeacon?: NamedBeacon | null;
  items: PlanLine[];
};

/** What an event sells of one catalogue item. */
export interface PlanLine {
  itemId: ItemId;
  /** With variants, that of the first. */
  priceCents: number;
  /** With variants, that of all. */
  stock: number;
  limitPerCustomer: number;
  /** At least one; undefined for an item without variants. */
  variants?: { variantId: VariantId; priceCents: number; stock: number }[] | undefined;
}

/** One event item of a plan: a variant of a line, or a line without variants. */
interface PlanRow {
  id?: EventItemId;
  itemId: ItemId;
  variantId: VariantId | null;
  /** 1 to 99. */
  position: number;
  priceCents: number;
  stock: number;
  limitPerCustomer: number;
}

/**
 * Why a plan is refused: the catalogue lacks items of it, its lines do not fit their items' variants, or its
 * cover is no picture that is kept here.
 */
export type Unfit =
  | { outcome: 'unknown_items'; itemIds: ItemId[] }
  | { outcome: 'unfit_variants'; unfit: UnfitRow[] }
  | { outcome: 'unknown_cover' };

export interface UnfitRow {
  itemId: ItemId;
  /** Which is no variant of the item; null where the item has variants and the line names none. */
  variantId: VariantId | null;
}

/** Until the end of the transaction the catalogue keeps those of the plan's items that it has. */
export function lockItems(plan: EventPlan): SQL {
  return sql`SELECT id FROM item_catalog WHERE id IN (${itemIdsOf(plan)}) ORDER BY id FOR KEY SHARE`;
}

export function fitsCatalogue(plan: EventPlan): SQL {
  return sql`(SELECT count(*) FROM item_catalog WHERE id IN (${itemIdsOf(plan)}))
    = ${plan.items.length}::int AND NOT EXISTS (${unfitRows(plan)})
    AND cardinality(${missingPictures(coversOf(plan))}) = 0`;
}

/** An item with variants is sold by variants of its own, one without them by itself. */
export function unfitRows(plan: EventPlan): SQL {
  return sql`SELECT n."itemId", n."variantId" FROM ${itemRows(rowsOf(plan))}
    WHERE CASE WHEN n."variantId" IS NULL
      THEN EXISTS (SELECT FROM item_variants v WHERE v.item_id = n."itemId")
      ELSE NOT EXISTS (
        SELECT FROM item_variants v WHERE v.item_id = n."itemId" AND v.id = n."variantId") END`;
}

function itemIdsOf({ items }: EventPlan): SQL {
  const ids = JSON.stringify(items.map(({ itemId }) => itemId));
  return sql`SELECT jsonb_array_elements_text(${ids}::jsonb)`;
}

export function rowsOf({ items }: EventPlan): PlanRow[] {
  return items
    .flatMap(({ variants, ...line }): Omit<PlanRow, 'position'>[] =>
      variants === undefined
        ? [{ ...line, variantId: null }]
        : variants.map((variant) => ({ ...line, ...variant })),
    )
    .map((row, n) => ({ ...row, position: n + 1 }));
}

export function itemRows(rows: PlanRow[]): SQL {
  return sql`jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS n (id text, "itemId" text,
    "variantId" text, position int, "priceCents" bigint, stock int, "limitPerCustomer" int)`;
}

export function coversOf({ coverUrl }: EventPlan): string[] {
  return coverUrl ? [coverUrl] : [];
}

export function unfitOf(
  { items }: EventPlan,
  known: { id: ItemId }[],
  { unfit, missing }: { unfit: UnfitRow[]; missing: { urls: string[] }[] },
): Unfit | undefined {
  if (missingIn(missing) !== undefined) return { outcome: 'unknown_cover' };
  const ids = new Set(known.map(({ id }) => id));
  const itemIds = items.map(({ itemId }) => itemId).filter((itemId) => !ids.has(itemId));
  if (itemIds.length > 0) return { outcome: 'unknown_items', itemIds };
  return unfit.length > 0 ? { outcome: 'unfit_variants', unfit } : undefined;
}
