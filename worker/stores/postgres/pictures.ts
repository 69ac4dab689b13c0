/** Uploaded pictures: their rows, from the upload to the day when nothing has named them for long. */
import { and, eq, gt, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import type { UserId } from '../../contract/ids.ts';
import type { PictureId } from '../../contract/picture-ids.ts';
import { logAct } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import { pictures } from './picture-schema.ts';
import { urlOf } from './picture-uses.ts';

const HOUR_MS = 3_600_000;

export interface PictureRow {
  id: PictureId;
  digest: string;
  /** Of the file that was uploaded. */
  bytes: number;
  width: number;
  height: number;
  /** Twice `rrggbb`. */
  colours: string;
  uploadedBy: UserId;
}

/** Of the same file: where it is kept already, and whether it is just being removed. */
export interface KnownPicture {
  url: string | undefined;
  isBeingRemoved: boolean;
  /** How many new ones came in the last hour. */
  uploadedLately: number;
}

const isKept = and(isNotNull(pictures.storedAt), isNull(pictures.removingAt));
const urlColumns = {
  id: pictures.id,
  width: pictures.width,
  height: pictures.height,
  colours: pictures.colours,
};

export async function findPicture(db: Db, id: PictureId, nowMs: number): Promise<KnownPicture> {
  const [found, there, [lately]] = await guarded(() =>
    db.batch([
      db
        .update(pictures)
        .set({ usedAt: new Date(nowMs) })
        .where(and(eq(pictures.id, id), isKept))
        .returning(urlColumns),
      db
        .select({ id: pictures.id })
        .from(pictures)
        .where(and(eq(pictures.id, id), isNotNull(pictures.removingAt))),
      db
        .select({ count: sql<number>`count(*)::int` })
        .from(pictures)
        .where(gt(pictures.uploadedAt, new Date(nowMs - HOUR_MS))),
    ]),
  );
  return {
    url: found[0] && urlOf(found[0]),
    isBeingRemoved: there.length > 0,
    uploadedLately: lately?.count ?? 0,
  };
}

/**
 * Before its sizes are kept, so that none is without a row. Of two that upload one file at once, each
 * keeps the same.
 * @returns the address; undefined while it is being removed.
 */
export async function beginPicture(
  db: Db,
  picture: PictureRow,
  nowMs: number,
): Promise<string | undefined> {
  const at = new Date(nowMs);
  const { width, height, colours } = picture;
  const [row] = await guarded(() =>
    db
      .insert(pictures)
      .values({ ...picture, uploadedAt: at, usedAt: at })
      .onConflictDoUpdate({
        target: pictures.id,
        set: {
          usedAt: at,
          width: unlessStored('width', width),
          height: unlessStored('height', height),
          colours: unlessStored('colours', colours),
        },
        setWhere: isNull(pictures.removingAt),
      })
      .returning(urlColumns),
  );
  return row && urlOf(row);
}

/** All its sizes are kept. @returns whether it may be named from now on. */
export async function finishPicture(
  db: Db,
  { id, uploadedBy: actor }: PictureRow,
  nowMs: number,
): Promise<boolean> {
  const isNew = sql`EXISTS (SELECT FROM pictures WHERE id = ${id} AND stored_at IS NULL AND removing_at IS NULL)`;
  const [, , , kept] = await guarded(() =>
    db.batch([
      db.execute(sql`SELECT id FROM pictures WHERE id = ${id} FOR UPDATE`),
      db.execute(logAct({ actor, action: 'picture.upload', subject: id }, isNew)),
      db.execute(
        sql`UPDATE pictures SET stored_at = ${instant(nowMs)} WHERE id = ${id} AND ${isNew}`,
      ),
      db
        .select({ id: pictures.id })
        .from(pictures)
        .where(and(eq(pictures.id, id), isKept)),
    ]),
  );
  return kept.length > 0;
}

function unlessStored(name: 'width' | 'height' | 'colours', value: number | string): SQL {
  const column = pictures[name];
  return sql`CASE WHEN ${pictures.storedAt} IS NULL THEN ${value} ELSE ${column} END`;
}
