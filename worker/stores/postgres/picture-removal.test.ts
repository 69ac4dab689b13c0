/** Pictures that are named and removed at one moment, on a Postgres where both really run at once. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { makeItemId, makeUserId } from '../../contract/ids.ts';
import { makePictureId } from '../../contract/picture-ids.ts';
import { fillRandom } from '../../testing/rows.ts';
import { insertItem, updateItem } from './catalogue.ts';
import { beginRemoval } from './picture-removal.ts';
import { beginPicture, finishPicture } from './pictures.ts';

const NOW_MS = Date.now();
const DAY_MS = 24 * 60 * 60 * 1_000;
const ROUNDS = 30;
/** In trips to the database, from none on. */
const HEAD_STARTS = 5;
const TIMES = { nowMs: NOW_MS, keepMs: 30 * DAY_MS, againMs: DAY_MS, limit: 100 };
const TEXTS = { name: 'Lamp', description: '', category: 'x', imageUrl: null };

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
});

afterAll(() => database?.close());

/** Kept, and named by nobody for longer than it would stay. */
async function anOldPicture(): Promise<string> {
  const { db } = database;
  const row = {
    id: makePictureId(fillRandom(new Uint8Array(32))),
    digest: '0'.repeat(64),
    bytes: 1,
    width: 10,
    height: 10,
    colours: '0'.repeat(12),
    uploadedBy: makeUserId(NOW_MS, fillRandom),
  };
  const url = await beginPicture(db, row, NOW_MS);
  if (url === undefined) throw new Error('it was not begun');
  expect(await finishPicture(db, row, NOW_MS)).toBe(true);
  await db.execute(
    sql`UPDATE pictures SET used_at = now() - interval '40 days' WHERE id = ${row.id}`,
  );
  return url;
}

it('of a naming and a removal at once exactly one is done', async () => {
  const { db } = database;
  const outcomes = { named: 0, removed: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    const url = await anOldPicture();
    const id = makeItemId(NOW_MS, fillRandom);
    if (round % 2 === 1) await insertItem(db, { id, ...TEXTS }, 'a test');
    const written = { id, ...TEXTS, pictures: [url] };
    const name = async () => {
      if (round % 2 === 0) return (await insertItem(db, written, 'a test')) === 'claimed';
      return (await updateItem(db, written, 'a test')).outcome === 'written';
    };
    const removal = beginRemoval(db, TIMES);
    // Its first look takes a trip of its own: it is overtaken, met or let through, by how late the naming begins.
    for (let trip = 0; trip < round % HEAD_STARTS; trip++) await db.execute(sql`SELECT 1`);
    const [isNamed, removed] = await Promise.all([name(), removal]);
    const isRemoved = removed.some((picture) => picture.url === url);
    expect(isRemoved).toBe(!isNamed);
    outcomes[isNamed ? 'named' : 'removed'] += 1;
  }
  expect(outcomes.named, 'named in some rounds').toBeGreaterThan(0);
  expect(outcomes.removed, 'removed in others').toBeGreaterThan(0);
});

it('those that are named stay, however many there are, and one removal is not begun twice', async () => {
  const { db } = database;
  const urls = await Promise.all(Array.from({ length: 6 }, () => anOldPicture()));
  const [first = '', second = ''] = urls;
  const item = { id: makeItemId(NOW_MS, fillRandom), ...TEXTS, pictures: [first, second] };
  await insertItem(db, item, 'a test');
  await db.execute(sql`UPDATE pictures SET used_at = now() - interval '40 days'`);
  const begun = await Promise.all([beginRemoval(db, TIMES), beginRemoval(db, TIMES)]);
  const removed = begun.flat().map(({ url }) => url);
  expect(removed.toSorted()).toEqual([...new Set(removed)].toSorted());
  expect(removed).toEqual(expect.arrayContaining(urls.slice(2)));
  expect(removed).not.toContain(first);
  expect(removed).not.toContain(second);
});
