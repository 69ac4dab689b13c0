/** The shop's face, with a version, so that of two who change it the second is refused. */
import { sql } from 'drizzle-orm';
import type { LastChange } from '../../contract/administration.ts';
import { type Face, type FaceInput, OWN_FACE } from '../../contract/face.ts';
import { shownPicture } from '../../contract/pictures.ts';
import { type Act, logChanges } from './audit.ts';
import { type Db, guarded, instant } from './client.ts';
import { shopFace } from './face-schema.ts';
import { missingIn, missingPictures, usePictures } from './picture-uses.ts';
import { lastChange } from './versions.ts';

/** What the audit log calls it. */
const SUBJECT = 'shop';

/** As the product comes where it was never written. */
export async function findFace(db: Db): Promise<Face> {
  const [row] = await guarded(() => db.select().from(shopFace));
  if (row === undefined) return OWN_FACE;
  const { face, version, changedAt } = row;
  return {
    ...OWN_FACE,
    ...face,
    logoUrl: shownPicture(face.logoUrl),
    version,
    changedAt: changedAt.toISOString(),
  };
}

/** @param written.version what its writer has seen, 0 for nothing; the face gets the next one. */
export async function writeFace(
  db: Db,
  { face, version, actor, nowMs }: Act & { face: FaceInput; version: number },
): Promise<'done' | 'changed' | 'unknown_logo'> {
  const entry = { actor, action: 'shop.edit', subject: SUBJECT };
  const logos = face.logoUrl === null ? [] : [face.logoUrl];
  const missing = missingPictures(logos);
  const [, missed, { rows }] = await guarded(() =>
    db.batch([
      // Before all else, so that the logo is there until the end of the transaction.
      db.execute(usePictures(logos, sql`SELECT face ->> 'logoUrl' FROM shop_face`)),
      db.execute<{ urls: string[] }>(sql`SELECT ${missing} AS urls`),
      db.execute(sql`
      WITH before AS MATERIALIZED (SELECT face FROM shop_face),
      changed AS (
        INSERT INTO shop_face AS f (face, version, changed_at)
        SELECT ${JSON.stringify(face)}::jsonb, ${version}::int + 1, ${instant(nowMs)}
         WHERE (${version}::int = 0 OR EXISTS (SELECT FROM shop_face)) AND cardinality(${missing}) = 0
            ON CONFLICT (is_only) DO UPDATE
           SET face = excluded.face, version = excluded.version, changed_at = excluded.changed_at
         WHERE f.version = ${version}::int
        RETURNING f.face),
      logged AS (${logChanges(entry, sql`SELECT (SELECT face FROM before), face FROM changed`)})
      SELECT 1 FROM changed`),
    ]),
  );
  if (rows.length > 0) return 'done';
  return missingIn(missed.rows) === undefined ? 'changed' : 'unknown_logo';
}

/** Who changed it last, for whoever was refused. */
export async function lastFaceChange(db: Db): Promise<LastChange | null> {
  const { rows } = await guarded(() =>
    db.execute<{ changedBy: LastChange | null }>(
      sql`SELECT ${lastChange(sql`SELECT ${SUBJECT}`)} AS "changedBy"`,
    ),
  );
  return rows[0]?.changedBy ?? null;
}
