/** The pictures that were uploaded. What they show is kept elsewhere, by their ids. */
import { sql } from 'drizzle-orm';
import { check, index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import type { UserId } from '../../contract/ids.ts';
import type { PictureId } from '../../contract/picture-ids.ts';
import { instant } from './columns.ts';

export const pictures = pgTable(
  'pictures',
  {
    /** Made of the digest, so that the same file is one picture. */
    id: text('id').$type<PictureId>().primaryKey(),
    /** SHA-256 of the uploaded file, in hex. */
    digest: text('digest').notNull(),
    /** Of the uploaded file. */
    bytes: integer('bytes').notNull(),
    /** In pixels, of the largest size that is kept. */
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** `rrggbb` of its upper half, then of its lower half. */
    colours: text('colours').notNull(),
    uploadedBy: text('uploaded_by').$type<UserId>().notNull(),
    uploadedAt: instant('uploaded_at').notNull(),
    /** When all its sizes were kept; until then nothing may name it. */
    storedAt: instant('stored_at'),
    /** When it was uploaded or named last: what nothing names is removed some days later. */
    usedAt: instant('used_at').notNull(),
    /** When its removal began; from then on nothing may name it. */
    removingAt: instant('removing_at'),
  },
  (t) => [
    index('pictures_used_at').on(t.usedAt, t.id),
    check('pictures_size', sql`${t.width} BETWEEN 1 AND 99999 AND ${t.height} BETWEEN 1 AND 99999`),
    check('pictures_colours', sql`${t.colours} ~ '^[0-9a-f]{12}$'`),
    check('pictures_digest', sql`${t.digest} ~ '^[0-9a-f]{64}$'`),
  ],
);
