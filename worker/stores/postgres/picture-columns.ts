/** The pictures that items name, in their own rows: read and written by one rule. */
import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, check, text } from 'drizzle-orm/pg-core';
import { shownPicture } from '../../contract/pictures.ts';

export const itemPictures = {
  /** The first one; the version before knows no others. */
  imageUrl: text('image_url'),
  /** All of them, where there are several. Counts only while its first one is `imageUrl`. */
  pictures: text('pictures').array(),
};

export function itemPicturesCheck(t: Record<'pictures', AnyPgColumn>) {
  return check('item_catalog_pictures', sql`cardinality(${t.pictures}) BETWEEN 2 AND 8`);
}

/** What items are written with: all their pictures, or the first one alone, which leaves the others. */
export interface WrittenPictures {
  imageUrl: string | null;
  pictures?: string[] | undefined;
}

/** As readers see them; those that an older rule let pass are left out. */
export function shownPictures(row: { imageUrl: string | null; pictures: string[] | null }) {
  const { imageUrl, pictures } = row;
  const all = pictures !== null && pictures[0] === imageUrl ? pictures : [imageUrl];
  const shown = all.flatMap((url) => shownPicture(url) ?? []);
  return { imageUrl: shown[0] ?? null, pictures: shown };
}

/** What the columns are set to, from those that the row has now. */
export function writtenColumns({ imageUrl, pictures }: WrittenPictures) {
  const first = pictures === undefined ? imageUrl : (pictures[0] ?? null);
  const all = pictures === undefined ? withFirst(imageUrl) : textArray(pictures);
  return { imageUrl: first, pictures: sql`CASE WHEN cardinality(${all}) > 1 THEN ${all} END` };
}

/** The pictures of the row, where there are several; null otherwise. */
export const severalPictures: SQL = sql`CASE WHEN pictures[1] = image_url THEN pictures END`;

/** One replaces the first one of those that are there; null all of them. */
function withFirst(imageUrl: string | null): SQL {
  if (imageUrl === null) return sql`ARRAY[]::text[]`;
  return sql`(ARRAY[${imageUrl}::text] || array_remove((${severalPictures})[2:], ${imageUrl}))`;
}

function textArray(texts: string[]): SQL {
  return sql`ARRAY(SELECT jsonb_array_elements_text(${JSON.stringify(texts)}::jsonb))`;
}
