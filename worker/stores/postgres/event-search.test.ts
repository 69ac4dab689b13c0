/** What a search of the public list finds, and by which plan among many events. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { makeItems, makeSale, NOW_MS } from '../../sale/ledger/testing/sales.ts';
import { type EventPage, eventsQuery, listEvents } from './event-lists.ts';

/** Each with an item of its own. */
const OTHERS = 2_000;
/** Some thousand rows on a machine that does other things too. */
const SET_UP_MS_MAX = 60_000;

const CATALOGUE = [
  { name: 'Red Trail Shoe', category: 'shoes' },
  { name: 'Wollmütze 100 %', category: 'hats' },
  { name: 'Ночная лампа', category: 'home & light' },
  { name: 'Running Shoe', category: 'sport' },
];

const BOTH = ['The shoe fair', 'The weekend drop'];

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
  const { db } = database;
  const [shoe, hat, lamp, runner, plain] = await makeItems(db, CATALOGUE.length + 1);
  if (!shoe || !hat || !lamp || !runner || !plain) throw new Error('no items');
  for (const [n, id] of [shoe, hat, lamp, runner].entries()) {
    const { name = '', category = '' } = CATALOGUE[n] ?? {};
    await db.execute(
      sql`UPDATE item_catalog SET name = ${name}, category = ${category} WHERE id = ${id}`,
    );
  }
  await db.execute(
    sql`UPDATE item_catalog SET translations = '{"de": {"name": "Nachtlampe"}}' WHERE id = ${lamp}`,
  );
  const line = { stock: 5, limit: 1 };
  await makeSale(db, [line, line], { title: 'The weekend drop', catalogue: [shoe, hat] });
  await makeSale(db, [line], { title: 'Night_shift', catalogue: [lamp] });
  await makeSale(db, [line], { title: 'The shoe fair', catalogue: [hat] });
  await makeSale(db, [line], { title: 'Quiet morning', catalogue: [runner] });
  for (const title of ['Chapter 7', 'Chapter 8']) {
    await makeSale(db, [line], { title, catalogue: [plain] });
  }
  await makeSale(db, [line], { title: 'Hidden shoes', catalogue: [shoe], published: false });
  await insertOthers();
  await db.execute(
    sql`UPDATE events SET translations = '{"de": {"title": "Nachtschicht"}}' WHERE title = 'Night_shift'`,
  );
  await db.execute(sql`ANALYZE`);
}, SET_UP_MS_MAX);
afterAll(() => database?.close());

async function insertOthers(): Promise<void> {
  const { db } = database;
  await db.execute(sql`
    INSERT INTO item_catalog (id, name, category)
    SELECT 'itm_' || lpad(n::text, 18, '0'), 'Thing ' || md5(n::text), 'things'
      FROM generate_series(1, ${OTHERS}::int) n`);
  await db.execute(sql`
    INSERT INTO events SELECT (jsonb_populate_record(e, jsonb_build_object(
        'id', 'evt_' || lpad(n::text, 18, '0'), 'title', 'Number ' || n,
        'starts_at', e.starts_at - n * interval '1 min'))).*
      FROM events e, generate_series(1, ${OTHERS}::int) n WHERE e.title = 'Night_shift'`);
  await db.execute(sql`
    INSERT INTO event_items (id, event_id, item_id, position, price_cents, price_minor, stock_total, stock_remaining)
    SELECT 'evi_' || lpad(n::text, 18, '0') || '_1', 'evt_' || lpad(n::text, 18, '0'),
           'itm_' || lpad(n::text, 18, '0'), 1, 100, 100, 5, 5
      FROM generate_series(1, ${OTHERS}::int) n`);
}

const pageOf = (asked: Partial<EventPage>) => ({
  after: undefined,
  limit: 10,
  nowMs: NOW_MS,
  ...asked,
});

async function titlesOf(asked: Partial<EventPage>): Promise<string[]> {
  const found = await listEvents(database.db, pageOf(asked));
  return found.map(({ event }) => event.title).toSorted();
}

describe('a search of the list', () => {
  it.each([
    ['part of a title', { q: 'END DR' }, ['The weekend drop']],
    ['an item’s name', { q: 'red trail shoe' }, ['The weekend drop']],
    ['the middle of a name', { q: 'ail sh' }, ['The weekend drop']],
    ['two letters within a word', { q: 'ütz' }, BOTH],
    ['a title or a name', { q: 'shoe' }, ['Quiet morning', ...BOTH]],
    ['a word, a number and a sign', { q: 'mütze 100 %' }, BOTH],
    ['another alphabet', { q: 'чная лам' }, ['Night_shift']],
    ['a sign', { q: '%' }, BOTH],
    ['words with other signs between them', { q: 'night%shift' }, ['Night_shift']],
    ['words in another order', { q: 'shoe, red' }, ['The weekend drop']],
    ['words of a title with one of an item', { q: 'weekend mütze' }, ['The weekend drop']],
    ['a word without its accents', { q: 'wollmutze' }, BOTH],
    ['a plural', { q: 'red shoes' }, ['The weekend drop']],
    ['a German plural', { q: 'Mützen' }, BOTH],
    ['what does what is named', { q: 'Runner' }, ['Quiet morning']],
    ['each word in its form', { q: 'running shoes' }, ['Quiet morning']],
    ['a number of one digit', { q: 'chapter 7' }, ['Chapter 7']],
    ['half a word', { q: 'runn' }, ['Quiet morning']],
    ['a category by its name', { q: 'lights' }, ['Night_shift']],
    ['nothing of what has not all words', { q: 'red shoe night' }, []],
    ['a translated name', { q: 'nachtl' }, ['Night_shift']],
    ['a translated title', { q: 'schicht' }, ['Night_shift']],
    ['words of two languages', { q: 'nachtlampe night' }, ['Night_shift']],
    ['a category', { category: 'shoes' }, ['The weekend drop']],
    ['a whole category', { category: 'shoe' }, []],
    ['a category in its case', { category: 'Shoes' }, []],
    ['a category and words', { q: 'shoe', category: 'hats' }, BOTH],
    ['words that the category has not', { q: 'night', category: 'hats' }, []],
    ['a state', { q: 'shoe', status: 'locked' as const }, []],
  ])('finds %s', async (_what, asked, titles) => {
    expect(await titlesOf(asked)).toEqual(titles);
  });

  it('has all items of an event that one of them was found in', async () => {
    const [found] = await listEvents(database.db, pageOf({ q: 'red trail' }));
    expect(found?.event).toMatchObject({ itemCount: 2, categories: ['hats', 'shoes'] });
  });

  it('looks names up in their indexes, also translated ones', async () => {
    const plan = await planOf({ q: 'red trail shoe' });
    expect(plan).toMatch(/Bitmap Index Scan on item_catalog_search\b/);
    expect(plan).toContain('Bitmap Index Scan on item_catalog_search_translated');
  });

  it('counts the units of no events but those of the page', async () => {
    expect(await planOf({})).not.toContain('Seq Scan on event_items');
  });
});

async function planOf(asked: Partial<EventPage>): Promise<string> {
  const query = eventsQuery(database.db, pageOf({ ...asked })).getSQL();
  const { rows } = await database.db.execute(sql`EXPLAIN (ANALYZE, COSTS OFF) ${query}`);
  return rows.map((row) => String(Object.values(row)[0])).join('\n');
}
