/** The variants of catalogue items, as parts of the statements that read and write an item. */
import { type SQL, sql } from 'drizzle-orm';
import type { Variant } from '../../contract/catalogue.ts';
import type { ItemId } from '../../contract/ids.ts';
import type { Db } from './client.ts';

export interface WrittenVariant extends Variant {
  /** Made for this very call. */
  isNew: boolean;
}

export function replaceVariants(
  db: Db,
  { id, variants, may }: { id: ItemId; variants: WrittenVariant[] | undefined; may: SQL },
) {
  if (variants === undefined) return [];
  return [
    db.execute(sql`DELETE FROM item_variants
      WHERE item_id = ${id} AND id NOT IN (SELECT v.id FROM ${variantRows(variants)}) AND ${may}`),
    db.execute(sql`
      INSERT INTO item_variants (id, item_id, label, position)
      SELECT v.id, i.id, v.label, v.position FROM ${variantRows(variants)}
        JOIN item_catalog i ON i.id = ${id}
       WHERE ${may}
      ON CONFLICT (id) DO UPDATE SET label = excluded.label, position = excluded.position`),
  ] as const;
}

/** Those that were sent as the item's and are not. */
export function unknownVariants(id: ItemId, variants: WrittenVariant[] = []): SQL {
  return sql`ARRAY(SELECT v.id FROM ${variantRows(variants)} WHERE NOT v."isNew" AND NOT EXISTS (
    SELECT FROM item_variants o WHERE o.item_id = ${id} AND o.id = v.id))`;
}

/** Whether one that is left out is part of an event. */
export function isVariantInUse(id: ItemId, variants: WrittenVariant[] | undefined): SQL {
  if (variants === undefined) return sql`FALSE`;
  return sql`EXISTS (SELECT FROM item_variants o JOIN event_items e ON e.variant_id = o.id
    WHERE o.item_id = ${id} AND o.id NOT IN (SELECT v.id FROM ${variantRows(variants)}))`;
}

/** Null for an item without variants. */
export function variantsJson(itemId: SQL): SQL {
  return sql`(SELECT jsonb_agg(jsonb_build_object('id', v.id, 'label', v.label) ORDER BY v.position)
    FROM item_variants v WHERE v.item_id = ${itemId})`;
}

export function variantRows(variants: WrittenVariant[]): SQL {
  const rows = JSON.stringify(variants.map((variant, n) => ({ ...variant, position: n + 1 })));
  return sql`jsonb_to_recordset(${rows}::jsonb) AS v (id text, label text, position int, "isNew" boolean)`;
}
