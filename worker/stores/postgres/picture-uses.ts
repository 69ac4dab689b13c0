/** Who names a picture that was uploaded here: it is kept as long as somebody does, and for a while longer. */
import { type SQL, sql } from 'drizzle-orm';
import type { PictureId } from '../../contract/picture-ids.ts';
import { pictureUrlOf, uploadedPicture } from '../../contract/pictures.ts';

/** Named addresses of uploads that are not kept here: never uploaded, or removed since. */
export interface MissingPictures {
  outcome: 'unknown_pictures';
  urls: string[];
}

/**
 * Of those that were uploaded here, notes that they are named, in the transaction of the one that names them: from
 * then on they are not removed, or they are gone already and `missingPictures` says so.
 * @param before a query of addresses that are named no more: they too stay for a while
 */
export function usePictures(urls: readonly string[], before?: SQL): SQL {
  const names = JSON.stringify(urls.filter((url) => uploadedPicture(url) !== null));
  const named = sql`SELECT jsonb_array_elements_text(${names}::jsonb) AS url`;
  const all = before === undefined ? named : sql`${named} UNION ${before}`;
  return sql`WITH locked AS (SELECT p.id FROM pictures p
      WHERE p.id IN (SELECT ${idIn(sql`u.url`)} FROM (${all}) AS u) AND p.removing_at IS NULL
      ORDER BY p.id FOR UPDATE)
    UPDATE pictures SET used_at = greatest(used_at, now()) FROM locked WHERE pictures.id = locked.id`;
}

/** Of the addresses of uploads, those that are not kept here. An array. */
export function missingPictures(urls: readonly string[]): SQL {
  const uploads = urls.flatMap((url) => {
    const picture = uploadedPicture(url);
    return picture === null ? [] : { url, ...picture, colours: picture.colours.join('') };
  });
  return sql`ARRAY(SELECT u.url FROM jsonb_to_recordset(${JSON.stringify(uploads)}::jsonb)
      AS u (url text, id text, width int, height int, colours text)
    WHERE NOT EXISTS (SELECT FROM pictures p WHERE p.id = u.id AND p.width = u.width AND p.height = u.height
      AND p.colours = u.colours AND p.stored_at IS NOT NULL AND p.removing_at IS NULL))`;
}

/** The id in the address of an upload, in whichever size, of this site or of its public address; null without one. */
export function idIn(url: SQL): SQL {
  return sql`substring(${url} from '/pictures/(?:[0-9]+/)?(pic_[0-9a-z]{26})-')`;
}

/** @param rows what `missingPictures` gave, as `urls` */
export function missingIn([row]: { urls: string[] }[]): MissingPictures | undefined {
  const { urls = [] } = row ?? {};
  return urls.length > 0 ? { outcome: 'unknown_pictures', urls } : undefined;
}

/** Those columns of a picture's row that its address is made of. */
export interface UrlColumns {
  id: PictureId;
  width: number;
  height: number;
  colours: string;
}

export function urlOf({ colours, ...picture }: UrlColumns): string {
  return pictureUrlOf({ ...picture, colours: [colours.slice(0, 6), colours.slice(6)] });
}
