/**
 * Pictures that nothing names: found, taken out of use, and forgotten once their files are gone. Whoever names
 * one in the same moment holds its row: either it stays, or it cannot be named any more (see picture-uses.ts).
 */
import { type SQL, sql } from 'drizzle-orm';
import type { PictureId } from '../../contract/picture-ids.ts';
import { type Db, guarded, instant } from './client.ts';
import { idIn, type UrlColumns, urlOf } from './picture-uses.ts';

export interface RemovalTimes {
  nowMs: number;
  /** Unnamed for that long. */
  keepMs: number;
  /** A removal that was begun is taken over after so long. */
  againMs: number;
  /** How many at one time. */
  limit: number;
}

export interface RemovedPicture {
  id: PictureId;
  url: string;
}

const ACTOR = 'sweep';
const columns = sql.raw('p.id, p.width, p.height, p.colours');

/**
 * Takes out of use what nothing has named for long, also what was never kept whole, and gives those back whose
 * removal was begun before and not ended. What an order shows stays.
 */
export async function beginRemoval(db: Db, times: RemovalTimes): Promise<RemovedPicture[]> {
  const { nowMs, keepMs, againMs, limit } = times;
  const [now, before, again] = [nowMs, nowMs - keepMs, nowMs - againMs].map(instant);
  // Cheap, and most often the end: to look into every order is not.
  const { rows: due } = await guarded(() =>
    db.execute<{ id: string }>(sql`SELECT id FROM pictures
      WHERE used_at <= ${before} AND (removing_at IS NULL OR removing_at <= ${again}) LIMIT 1`),
  );
  if (due.length === 0) return [];
  const { rows } = await guarded(() =>
    db.execute<UrlColumns & Record<string, unknown>>(sql`
      WITH due AS (SELECT id FROM pictures
          WHERE used_at <= ${before} AND (removing_at IS NULL OR removing_at <= ${again})
          ORDER BY used_at, id LIMIT ${limit}::int FOR UPDATE SKIP LOCKED),
        named AS (SELECT DISTINCT ${idIn(sql`u.url`)} AS id FROM (${NAMED}) AS u (url) WHERE u.url LIKE '%/pictures/%'),
        seen AS (SELECT due.id, named.id IS NOT NULL AS is_named FROM due LEFT JOIN named USING (id)),
        changed AS (UPDATE pictures p SET
            used_at = CASE WHEN s.is_named AND p.removing_at IS NULL THEN ${now} ELSE p.used_at END,
            removing_at = CASE WHEN s.is_named AND p.removing_at IS NULL THEN NULL ELSE ${now} END
          FROM seen s WHERE p.id = s.id AND p.used_at <= ${before} RETURNING ${columns}, p.removing_at)
      SELECT id, width, height, colours FROM changed WHERE removing_at IS NOT NULL ORDER BY id`),
  );
  return rows.map((row) => ({ id: row.id, url: urlOf(row) }));
}

/** Their files are gone. Nobody uploads them anew before that. */
export async function endRemoval(db: Db, ids: readonly PictureId[]): Promise<void> {
  const removed = sql`SELECT id FROM pictures WHERE removing_at IS NOT NULL
    AND id IN (SELECT jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`;
  await guarded(() =>
    db.batch([
      db.execute(sql`INSERT INTO audit_log (actor, action, subject)
        SELECT ${ACTOR}, 'picture.remove', id FROM (${removed}) AS r ORDER BY id`),
      db.execute(sql`DELETE FROM pictures WHERE id IN (${removed})`),
    ]),
  );
}

/** Every address of a picture that the shop shows, or that an order keeps. */
const NAMED: SQL = sql`
  SELECT image_url FROM item_catalog UNION ALL SELECT unnest(pictures) FROM item_catalog
  UNION ALL SELECT cover_url FROM events UNION ALL SELECT face ->> 'logoUrl' FROM shop_face
  UNION ALL SELECT item_image_url FROM event_item_texts
  UNION ALL SELECT DISTINCT item_image_url FROM orders`;
