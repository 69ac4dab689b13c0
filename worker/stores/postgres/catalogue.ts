/** The catalogue: items that events sell. Every change is written with its entry in the audit log. */
import { and, desc, eq, or, type SQL, sql } from 'drizzle-orm';
import type { Item, ItemInput, Variant } from '../../contract/catalogue.ts';
import type { ItemId, VariantId } from '../../contract/ids.ts';
import { type Act, logChanges } from './audit.ts';
import { itemCatalog } from './catalogue-schema.ts';
import { type Db, guarded, instant } from './client.ts';
import { conditionStatement, isMet, wasMet } from './conditions.ts';
import type { Place } from './cursors.ts';
import {
  type Claim,
  type Claimed,
  claimedOf,
  claimResultStatement,
  claimStatement,
  isClaimed,
  type KeyedCall,
} from './idempotency-keys.ts';
import { severalPictures, shownPictures, writtenColumns } from './picture-columns.ts';
import { type MissingPictures, missingIn, missingPictures, usePictures } from './picture-uses.ts';
import { contains } from './search.ts';
import { allTranslated } from './translated.ts';
import {
  isVariantInUse,
  replaceVariants,
  unknownVariants,
  variantRows,
  variantsJson,
  type WrittenVariant,
} from './variants.ts';

/** An item to be written; without variants, those that are there stay as they are. */
export type WrittenItem = Omit<ItemInput, 'variants'> & {
  id: ItemId;
  variants?: WrittenVariant[] | undefined;
};

const itemColumns = {
  id: itemCatalog.id,
  name: itemCatalog.name,
  description: itemCatalog.description,
  translations: itemCatalog.translations,
  category: itemCatalog.category,
  imageUrl: itemCatalog.imageUrl,
  pictures: itemCatalog.pictures,
  variants: sql<Variant[]>`coalesce(${variantsJson(sql`item_catalog.id`)}, '[]')`,
};

/** Adds an item, unless another call has the key that this one named. */
export async function insertItem(
  db: Db,
  item: WrittenItem,
  by: string | { actor: string; call: KeyedCall | undefined },
): Promise<Claimed | MissingPictures> {
  const { actor, call } = typeof by === 'string' ? { actor: by, call: undefined } : by;
  const { id, name, description, category, variants = [] } = item;
  const made = { ...item, variants, pictures: item.pictures ?? onlyPicture(item.imageUrl) };
  const { imageUrl, pictures } = writtenColumns(made);
  const entry = { actor, action: 'item.create', subject: id };
  const claim: Claim = { call, subject: id };
  const missing = missingPictures(made.pictures);
  const may = sql`${isClaimed(claim)} AND cardinality(${missing}) = 0`;
  const [, checked, , , , , claimed] = await guarded(() =>
    db.batch([
      db.execute(usePictures(made.pictures)),
      db.execute<{ urls: string[] }>(sql`SELECT ${missing} AS urls`),
      db.execute(claimStatement(claim, sql`cardinality(${missing}) = 0`)),
      db.execute(sql`
        INSERT INTO item_catalog (id, name, description, category, image_url, pictures, translations)
        SELECT ${id}, ${name}, ${description}, ${category}, ${imageUrl}::text, ${pictures},
               ${JSON.stringify(item.translations ?? {})}::jsonb WHERE ${may}`),
      db.execute(sql`
        INSERT INTO item_variants (id, item_id, label, position)
        SELECT v.id, ${id}, v.label, v.position FROM ${variantRows(variants)} WHERE ${may}`),
      db.execute(logChanges(entry, sql`SELECT NULL::jsonb, ${inputJson(made)} WHERE ${may}`)),
      db.execute<{ subject: string }>(claimResultStatement(claim)),
    ]),
  );
  return missingIn(checked.rows) ?? claimedOf(claim, claimed.rows);
}

export async function findItem(db: Db, id: ItemId): Promise<Item | undefined> {
  const [item] = await guarded(() =>
    db.select(itemColumns).from(itemCatalog).where(eq(itemCatalog.id, id)),
  );
  return item && shown(item);
}

/** With its version. @returns undefined without such an item. */
export async function findItemAt(
  db: Db,
  id: ItemId,
  version: SQL<string>,
): Promise<{ item: Item; version: string } | undefined> {
  const [found] = await guarded(() =>
    db.select({ item: itemColumns, version }).from(itemCatalog).where(eq(itemCatalog.id, id)),
  );
  return found && { ...found, item: shown(found.item) };
}

/** Newest first. Reads one row more than `limit`, to learn whether there is a next page. */
export async function listItems(
  db: Db,
  page: {
    after: Place | undefined;
    limit: number;
    /** A part of the name. */
    q?: string | undefined;
    category?: string | undefined;
  },
): Promise<{ item: Item; createdAtMs: number }[]> {
  const { after, limit, q, category } = page;
  const { id, createdAt } = itemCatalog;
  const rows = await guarded(() =>
    db
      .select({ item: itemColumns, createdAt })
      .from(itemCatalog)
      .where(
        and(
          after && sql`(${createdAt}, ${id}) < (${instant(after.atMs)}, ${after.id})`,
          q === undefined
            ? undefined
            : or(
                contains(itemCatalog.name, q),
                contains(allTranslated(itemCatalog.translations, 'name'), q),
              ),
          category === undefined ? undefined : eq(itemCatalog.category, category),
        ),
      )
      .orderBy(desc(createdAt), desc(id))
      .limit(limit + 1),
  );
  return rows.map(({ item, createdAt: at }) => ({ item: shown(item), createdAtMs: at.getTime() }));
}

/**
 * Replaces an item's texts and its variants. Variants that are part of an event cannot be left out.
 * @returns `changed` where the condition does not hold, and the ids that are no variants of the item.
 */
export async function updateItem(
  db: Db,
  item: WrittenItem,
  by: string | Pick<Act, 'actor' | 'condition'>,
): Promise<
  | { outcome: 'written' | 'not_found' | 'changed' | 'variant_in_use' }
  | { outcome: 'unknown_variants'; variantIds: VariantId[] }
  | MissingPictures
> {
  const { actor, condition } = typeof by === 'string' ? { actor: by } : by;
  const { id, variants, imageUrl, pictures, ...texts } = item;
  const entry = { actor, action: 'item.edit', subject: id };
  const unknown = unknownVariants(id, variants);
  const inUse = isVariantInUse(id, variants);
  const named = pictures ?? onlyPicture(imageUrl);
  const missing = missingPictures(named);
  const may = sql`${isMet} AND cardinality(${unknown}) = 0 AND NOT ${inUse} AND cardinality(${missing}) = 0`;
  const [, locked, met, found, checked] = await guarded(() =>
    db.batch([
      db.execute(usePictures(named, picturesOf(id))),
      // An event that is being given the item holds its row too, so one of the two waits.
      db.execute(sql`SELECT id FROM item_catalog WHERE id = ${id} FOR UPDATE`),
      db.execute<{ met: boolean }>(conditionStatement(condition)),
      db.execute<{ unknown: VariantId[]; inUse: boolean }>(
        sql`SELECT ${unknown} AS unknown, ${inUse} AS "inUse"`,
      ),
      db.execute<{ urls: string[] }>(sql`SELECT ${missing} AS urls`),
      db.execute(
        logChanges(
          entry,
          sql`SELECT ${itemJson}, ${inputJson(item)} FROM item_catalog i WHERE id = ${id} AND ${may}`,
        ),
      ),
      ...replaceVariants(db, { id, variants, may }),
      db
        .update(itemCatalog)
        .set({ ...texts, ...writtenColumns({ imageUrl, pictures }) })
        .where(and(eq(itemCatalog.id, id), may)),
    ]),
  );
  if (locked.rows.length === 0) return { outcome: 'not_found' };
  if (!wasMet(met.rows)) return { outcome: 'changed' };
  const variantIds = found.rows[0]?.unknown ?? [];
  if (variantIds.length > 0) return { outcome: 'unknown_variants', variantIds };
  if (found.rows[0]?.inUse) return { outcome: 'variant_in_use' };
  return missingIn(checked.rows) ?? { outcome: 'written' };
}

/** Removes an item that no event has. @returns `changed` where the condition does not hold. */
export async function deleteItem(
  db: Db,
  id: ItemId,
  { actor, condition }: Pick<Act, 'actor' | 'condition'>,
): Promise<'deleted' | 'in_use' | 'not_found' | 'changed'> {
  const entry = { actor, action: 'item.delete', subject: id };
  const mayGo = sql`${isMet} AND NOT EXISTS (SELECT FROM event_items e WHERE e.item_id = ${id})`;
  const [, locked, met, , , deleted] = await guarded(() =>
    db.batch([
      db.execute(usePictures([], picturesOf(id))),
      // An event that is being given the item holds its row too, so one of the two waits.
      db.execute(sql`SELECT id FROM item_catalog WHERE id = ${id} FOR UPDATE`),
      db.execute<{ met: boolean }>(conditionStatement(condition)),
      db.execute(
        logChanges(
          entry,
          sql`SELECT ${itemJson}, NULL::jsonb FROM item_catalog i WHERE id = ${id} AND ${mayGo}`,
        ),
      ),
      db.execute(sql`DELETE FROM item_variants WHERE item_id = ${id} AND ${mayGo}`),
      db.execute(sql`DELETE FROM item_catalog WHERE id = ${id} AND ${mayGo} RETURNING id`),
    ]),
  );
  if (locked.rows.length === 0) return 'not_found';
  if (!wasMet(met.rows)) return 'changed';
  return deleted.rows.length > 0 ? 'deleted' : 'in_use';
}

/** As `itemJson` is afterwards; where variants are left out, those that are there stay. */
function inputJson({ id, variants, imageUrl, pictures, translations, ...texts }: WrittenItem): SQL {
  const written = writtenColumns({ imageUrl, pictures });
  const sent = variants?.map(({ id: variantId, label }) => ({ id: variantId, label }));
  const fields = { ...texts, imageUrl: written.imageUrl, ...(sent?.length && { variants: sent }) };
  const kept = sent === undefined ? variantsJson(sql`${id}`) : sql`NULL::jsonb`;
  const translated =
    translations === undefined
      ? sql`(SELECT translations FROM item_catalog WHERE id = ${id})`
      : sql`${JSON.stringify(translations)}::jsonb`;
  return sql`jsonb_strip_nulls(jsonb_build_object('variants', ${kept}, 'pictures', ${written.pictures},
      'translations', nullif(${translated}, '{}')))
    || ${JSON.stringify(fields)}::jsonb`;
}

/** The addresses that the item's row names. */
function picturesOf(id: ItemId): SQL {
  return sql`SELECT unnest(pictures || image_url) FROM item_catalog WHERE id = ${id}`;
}

function onlyPicture(imageUrl: string | null): string[] {
  return imageUrl === null ? [] : [imageUrl];
}

function shown(item: Omit<Item, 'pictures'> & { pictures: string[] | null }): Item {
  return { ...item, ...shownPictures(item) };
}

/** The item `i` in the shape in which it is sent; without what the version before does not know while it is not used. */
export const itemJson: SQL = sql`(jsonb_strip_nulls(jsonb_build_object('variants', ${variantsJson(sql`i.id`)},
    'pictures', ${severalPictures}, 'translations', nullif(i.translations, '{}')))
  || jsonb_build_object('name', i.name, 'description', i.description, 'category', i.category,
       'imageUrl', i.image_url))`;
