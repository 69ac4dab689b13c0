/** The table of the shop's face: one row, or none while all is as the product comes. */
import { sql } from 'drizzle-orm';
import { boolean, check, integer, jsonb, pgTable } from 'drizzle-orm/pg-core';
import type { FaceInput } from '../../contract/face.ts';
import { instant } from './columns.ts';

export const shopFace = pgTable(
  'shop_face',
  {
    /** Always true, so that there is one row at most. */
    isOnly: boolean('is_only').primaryKey().default(true),
    face: jsonb('face').$type<FaceInput>().notNull(),
    version: integer('version').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (t) => [
    check('shop_face_one_row', sql`${t.isOnly}`),
    check('shop_face_version', sql`${t.version} >= 1`),
    check('shop_face_object', sql`jsonb_typeof(${t.face}) = 'object'`),
  ],
);
