/** The words and the cover of an event, which may be corrected at any time: they promise nothing. */
import { sql } from 'drizzle-orm';
import type { EventTexts } from '../../contract/event-lifecycle.ts';
import type { EventId } from '../../contract/ids.ts';
import { type Act, logChanges } from './audit.ts';
import { type Db, guarded } from './client.ts';
import { conditionStatement, isMet, wasMet } from './conditions.ts';
import { missingIn, missingPictures, usePictures } from './picture-uses.ts';

/** Writes those that are given. Entered in the audit log where something differs. */
export async function writeEventTexts(
  db: Db,
  id: EventId,
  { texts, actor, condition }: { texts: EventTexts } & Act,
): Promise<'written' | 'not_found' | 'changed' | 'unknown_cover'> {
  const { title, description, translations, coverUrl } = texts;
  const cover = coverUrl === undefined ? sql`cover_url` : sql`${coverUrl}::text`;
  const covers = coverUrl ? [coverUrl] : [];
  const before =
    coverUrl === undefined ? undefined : sql`SELECT cover_url FROM events WHERE id = ${id}`;
  const missing = missingPictures(covers);
  const [, missed, locked, met] = await guarded(() =>
    db.batch([
      // Before all else, so that the cover is there until the end of the transaction.
      db.execute(usePictures(covers, before)),
      db.execute<{ urls: string[] }>(sql`SELECT ${missing} AS urls`),
      db.execute(sql`SELECT id FROM events WHERE id = ${id} FOR NO KEY UPDATE`),
      db.execute<{ met: boolean }>(conditionStatement(condition)),
      db.execute(sql`
        WITH changed AS (
          UPDATE events SET title = coalesce(${title ?? null}::text, title),
                 description = coalesce(${description ?? null}::text, description), cover_url = ${cover},
                 translations = coalesce(${translations ? JSON.stringify(translations) : null}::jsonb, translations)
           WHERE id = ${id} AND ${isMet} AND cardinality(${missing}) = 0 RETURNING *
        )
        ${logChanges(
          { actor, action: 'event.texts', subject: id },
          sql`SELECT ${textsOf('e')}, ${textsOf('changed')} FROM events e JOIN changed USING (id)`,
        )}`),
    ]),
  );
  if (locked.rows.length === 0) return 'not_found';
  if (!wasMet(met.rows)) return 'changed';
  return missingIn(missed.rows) === undefined ? 'written' : 'unknown_cover';
}

function textsOf(row: string) {
  const column = (name: string) => sql.raw(`${row}.${name}`);
  return sql`jsonb_build_object('title', ${column('title')}, 'description', ${column('description')},
    'translations', ${column('translations')}, 'coverUrl', ${column('cover_url')})`;
}
