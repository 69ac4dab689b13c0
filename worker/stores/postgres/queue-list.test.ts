/** The list of an event's queue entries, page by page while they change, and what a page reads. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import type { QueueEntryId, UserId } from '../../contract/ids.ts';
import { makeCrowd, makeSale, NOW_MS, type Sale } from '../../sale/ledger/testing/sales.ts';
import type { Db } from './client.ts';
import { listQueueEntries } from './queue-administration.ts';
import type { QueuePlace } from './queue-cursors.ts';
import { LISTED_READ_MAX, type QueuePage } from './queue-list.ts';

const MANY = LISTED_READ_MAX + 1_000;
const LIMIT = 20;

let database: Database;
let crowd: UserId[];

beforeAll(async () => {
  database = await openMigratedPostgres();
  crowd = await makeCrowd(database.db, MANY);
});
afterAll(() => database?.close());

interface Queue {
  sale: Sale;
  /** In the order in which they came. */
  ids: QueueEntryId[];
}

/** So many of the crowd wait, in turn for each of the items. @param rank SQL of the entry's number `n` */
async function makeQueue(count: number, rank: string, more: Partial<Options> = {}): Promise<Queue> {
  const { items = 1, minimums = 1, plan = {} } = more;
  const lines = Array.from({ length: items }, () => ({ stock: 0, limit: 9 }));
  const sale = await makeSale(database.db, lines, plan);
  const { rows } = await database.db.execute<{ id: QueueEntryId }>(sql`
    INSERT INTO queue_entries (id, event_id, event_item_id, customer_id, quantity, min_quantity,
                               entered_at, seq, rank, entered_in)
    SELECT replace(${sale.eventId}, 'evt_', 'ent_') || '_' || lpad(n::text, 18, '0'), ${sale.eventId},
           (${JSON.stringify(sale.items)}::jsonb) ->> (n % ${items})::int, id, 9,
           1 + n / ${items} % ${minimums}, now(), n, ${sql.raw(rank)}, 1
      FROM jsonb_array_elements_text(${JSON.stringify(crowd.slice(0, count))}::jsonb)
           WITH ORDINALITY AS c (id, n) RETURNING id`);
  await database.db.execute(sql`ANALYZE`);
  return { sale, ids: rows.map(({ id }) => id).toSorted() };
}

interface Options {
  items: number;
  minimums: number;
  plan: Parameters<typeof makeSale>[2];
}

const DRAW = {
  plan: { admission: 'draw' as const, entriesCloseAt: new Date(NOW_MS - 1_000).toISOString() },
};

/** The numbers of those on a page, from 1 in the order in which they came, and the place behind it. */
async function read({ sale, ids }: Queue, more: Partial<QueuePage> = {}, db: Db = sale.db) {
  const base = { eventId: sale.eventId, after: undefined, limit: LIMIT, nowMs: NOW_MS };
  const page = await listQueueEntries(db, { ...base, ...more });
  if (page === undefined) throw new Error('there is no such event');
  return { numbers: page.entries.map(({ id }) => ids.indexOf(id) + 1), next: page.next };
}

/** All pages. */
async function readAll(queue: Queue, more: Partial<QueuePage> = {}): Promise<number[][]> {
  const pages: number[][] = [];
  let next: QueuePage['after'] | null;
  while (next !== null && pages.length < 1_000) {
    const page = await read(queue, { ...more, after: next });
    pages.push(page.numbers);
    next = page.next;
  }
  return pages;
}

/** Rows of the tables that a page goes through. */
async function readCounted(queue: Queue, more: Partial<QueuePage> = {}) {
  const reads = sql`
    SELECT relname AS name, (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::int AS rows
      FROM pg_stat_xact_user_tables WHERE relname IN ('users', 'queue_entries', 'orders')`;
  const { db } = queue.sale;
  const counts: Map<string, number>[] = [];
  // Counts of a connection, which a batch does not leave.
  const batch = async (queries: Parameters<Db['batch']>[0]) => {
    const count = () => db.execute<{ name: string; rows: number }>(reads);
    const answers = await db.batch([count(), ...queries, count()]);
    for (const answer of [answers.at(0), answers.at(-1)]) {
      const { rows } = answer as Awaited<ReturnType<typeof count>>;
      counts.push(new Map(rows.map(({ name, rows: n }) => [name, n])));
    }
    return answers.slice(1, -1);
  };
  const page = await read(queue, more, Object.create(db, { batch: { value: batch } }));
  expect(counts).toHaveLength(2);
  const [before, after] = counts;
  const readOf = (name: string) => (after?.get(name) ?? 0) - (before?.get(name) ?? 0);
  return { ...page, entries: readOf('queue_entries'), users: readOf('users') };
}

async function end({ sale }: Queue, condition: string) {
  await sale.db.execute(sql`
    UPDATE queue_entries SET status = 'left', ended_at = now(), ended_in = 2
     WHERE event_id = ${sale.eventId} AND ${sql.raw(condition)}`);
}

async function draw({ sale, ids }: Queue, drawn = ids.length) {
  await sale.db.batch([
    sale.db.execute(sql`
      INSERT INTO draws (event_id, locked_at, locked_in, entry_count)
      VALUES (${sale.eventId}, now(), 1, ${drawn})`),
    sale.db.execute(sql`INSERT INTO event_queues (event_id, settlement, settled_at, last_seq)
                        VALUES (${sale.eventId}, 1, now(), ${ids.length})`),
    sale.db.execute(sql`UPDATE queue_entries SET record_seq = seq
                         WHERE event_id = ${sale.eventId} AND seq <= ${drawn}`),
    sale.db.execute(
      sql`SELECT rank_draw(${sale.eventId}, ${NOW_MS}::bigint, '\\x00'::bytea, NULL, NULL)`,
    ),
  ]);
}

function placeOf(next: QueuePage['after'] | null): QueuePlace {
  if (!next) throw new Error('there is no next page');
  return next;
}

const numbersTo = (count: number, from = 1) => Array.from({ length: count }, (_, n) => n + from);

describe('the pages of the list', () => {
  it('merge the items and minimums by rank, then come to those that have ended', async () => {
    const queue = await makeQueue(100, 'n', { items: 3, minimums: 4 });
    await end(queue, 'seq % 10 = 0');
    const tens = numbersTo(10).map((n) => n * 10);
    const waiting = numbersTo(100).filter((n) => !tens.includes(n));
    const pages = await readAll(queue, { limit: 7 });
    expect(pages.flat()).toEqual([...waiting, ...tens]);
    expect(pages.slice(0, -1).every(({ length }) => length === 7)).toBe(true);
    expect((await readAll(queue, { limit: 7, status: 'waiting' })).flat()).toEqual(waiting);
    expect((await readAll(queue, { limit: 7, status: 'left' })).flat()).toEqual(tens);
    expect((await readAll(queue, { limit: 7, status: 'closed' })).flat()).toEqual([]);
    const nowMs = NOW_MS + 7_200_000;
    expect((await readAll(queue, { limit: 7, nowMs, status: 'closed' })).flat()).toEqual(waiting);
    expect((await readAll(queue, { limit: 7, nowMs, status: 'waiting' })).flat()).toEqual([]);
  });

  it('give those that have the same rank in two items one after the other', async () => {
    const queue = await makeQueue(12, '(n + 1) / 2', { items: 2 });
    expect((await readAll(queue, { limit: 1 })).flat()).toEqual(numbersTo(12));
  });

  it('leave nobody out who ends meanwhile, but for those who were seen', async () => {
    const queue = await makeQueue(9, 'n');
    const first = await read(queue, { limit: 3 });
    await end(queue, 'seq IN (2, 5)');
    const rest: number[] = [];
    for (let { next } = first; next !== null; ) {
      const page = await read(queue, { limit: 3, after: next });
      rest.push(...page.numbers);
      next = page.next;
    }
    expect([first.numbers, rest]).toEqual([
      [1, 2, 3],
      [4, 6, 7, 8, 9, 2, 5],
    ]);
  });

  it('begin again with the ranks when the draw comes between them', async () => {
    const queue = await makeQueue(30, 'CASE WHEN n > 25 THEN n END', DRAW);
    const late = await read(queue, { limit: 2 });
    const unranked = await read(queue, { limit: 10 });
    const someone = { customerId: crowd[4] };
    const own = await read(queue, { ...someone, limit: 1 });
    expect([late.numbers, unranked.numbers, own.numbers]).toEqual([
      [26, 27],
      [...numbersTo(5, 26), ...numbersTo(5)],
      [5],
    ]);
    await draw(queue, 25);
    const ranked = (await readAll(queue)).flat();
    expect(new Set(ranked).size).toBe(30);
    expect(ranked.slice(25)).toEqual(numbersTo(5, 26));
    for (const { next } of [late, unranked]) {
      expect((await read(queue, { after: next ?? undefined })).numbers).toEqual(
        ranked.slice(0, 20),
      );
    }
    expect((await readAll(queue, someone)).flat()).toEqual([5]);
  });

  it('are those of one customer, also of several entries', async () => {
    const queue = await makeQueue(40, 'n', { items: 2 });
    await queue.sale.db.execute(sql`
      UPDATE queue_entries SET customer_id = ${crowd[0]}
       WHERE event_id = ${queue.sale.eventId} AND seq IN (1, 2)`);
    await end(queue, 'seq IN (3, 5)');
    await queue.sale.db.execute(sql`
      UPDATE queue_entries SET customer_id = ${crowd[0]}
       WHERE event_id = ${queue.sale.eventId} AND seq IN (3, 5)`);
    const email = `${crowd[0]}@example.com`;
    expect(await readAll(queue, { email, limit: 1 })).toEqual([[1], [2], [3], [5]]);
    expect(await readAll(queue, { email, status: 'waiting' })).toEqual([[1, 2]]);
  });
});

describe('a page reads about as many entries as it shows', () => {
  /** Of each minimum one more than the page; then each again for what is shown of it. */
  const READ_MAX = 2 * (LIMIT + 1) + 10;

  async function expectCheap(queue: Queue, more: Partial<QueuePage> = {}, entriesMax = READ_MAX) {
    const page = await readCounted(queue, more);
    expect(page.entries).toBeLessThanOrEqual(entriesMax);
    expect(page.users).toBeLessThanOrEqual(LIMIT + 3);
    return page;
  }

  it('of those that wait with a rank, at the start and far behind', async () => {
    const queue = await makeQueue(MANY, 'n');
    const { numbers, next } = await expectCheap(queue);
    expect(numbers).toEqual(numbersTo(LIMIT));
    const [id = '' as QueueEntryId] = queue.ids.slice(MANY - 501);
    const after = { ...placeOf(next), id, rank: MANY - 500 };
    expect((await expectCheap(queue, { after })).numbers).toEqual(numbersTo(LIMIT, MANY - 499));
    await expectCheap(queue, { status: 'waiting', after });
    await expectCheap(queue, { customerId: crowd[5_500] });
    await expectCheap(queue, { email: `${crowd[5_500]}@example.com`, status: 'waiting' });
    await expectCheap(queue, { entryId: id });
  });

  it('of several items and minimums, a page of each at most', async () => {
    const queue = await makeQueue(MANY, 'n', { items: 3, minimums: 2 });
    await expectCheap(queue, {}, 6 * (LIMIT + 2) + READ_MAX);
  });

  it('of those that a draw has still to rank', async () => {
    const queue = await makeQueue(MANY, 'NULL', DRAW);
    const { next } = await expectCheap(queue);
    const [id = '' as QueueEntryId] = queue.ids.slice(MANY - 501);
    const after = { ...placeOf(next), id };
    expect((await expectCheap(queue, { after })).numbers).toEqual(numbersTo(LIMIT, MANY - 499));
  });

  it('of those that have ended, where all have', async () => {
    const queue = await makeQueue(MANY, 'n');
    await end(queue, 'TRUE');
    await queue.sale.db.execute(sql`VACUUM ANALYZE queue_entries`);
    const { next } = await expectCheap(queue);
    await expectCheap(queue, { after: placeOf(next) });
    await expectCheap(queue, { status: 'left' });
  });

  it('but no more than a limit where those that have ended stand far apart', async () => {
    const queue = await makeQueue(MANY, 'n');
    await end(queue, `seq IN (2, ${LISTED_READ_MAX}, ${MANY})`);
    const few = LISTED_READ_MAX + READ_MAX;
    const first = await expectCheap(queue, { status: 'left' }, few);
    const second = await expectCheap(
      queue,
      { status: 'left', after: first.next ?? undefined },
      few,
    );
    expect([first.numbers, second.numbers, second.next]).toEqual([
      [2, LISTED_READ_MAX],
      [MANY],
      null,
    ]);
    const none = await expectCheap(queue, { status: 'offered' }, few);
    expect([none.numbers, none.next?.id]).toEqual([[], queue.ids[LISTED_READ_MAX - 1]]);
  });
});
