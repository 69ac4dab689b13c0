/** On a real Postgres: what several connections do to one table at the same time. */
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type MigratedPostgres,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import type { UserId } from '../../contract/ids.ts';
import { instant } from './client.ts';
import {
  deleteEndedStatement,
  enqueueStatement,
  forgetLateStatement,
  type NewOutboxRow,
} from './outbox.ts';
import { readOutboxFigures } from './outbox-admin.ts';
import {
  dropUnsentMails,
  findNextDue,
  hasOverdue,
  leaseRows,
  type PriorityClass,
  type RowResult,
  readSent,
  recordResults,
} from './outbox-work.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const MINUTES_2 = 120_000;
const DAY_MS = 24 * 60 * 60_000;
const MAILS = ['mail.reset_password', 'mail.order_confirmed'] as const;
const ALL: PriorityClass = { kinds: MAILS, priorities: [0, 2] };

let database: MigratedPostgres;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, MINUTES_2);

afterAll(() => database?.close());

beforeEach(() => database.db.execute(sql`DELETE FROM outbox`));

async function add(key: string, changes: Partial<NewOutboxRow> = {}): Promise<number> {
  const row: NewOutboxRow = {
    kind: 'mail.reset_password',
    payload: { email: 'a@example.com' },
    priority: 1,
    nowMs: NOW_MS,
    key,
    ...changes,
  };
  const { rows } = await enqueueStatement(database.db, row);
  return Number(rows[0]?.id);
}

function lease(leaseId: string, { nowMs = NOW_MS, limit = 100 } = {}) {
  const classes = [{ ...ALL, limit }];
  return leaseRows(database.db, { leaseId, nowMs, untilMs: nowMs + 1_000, classes });
}

function record(leaseId: string, ...results: RowResult[]) {
  return recordResults(database.db, { leaseId, results, nowMs: NOW_MS + 500 });
}

/** After the sweep of that time. */
async function keysLeft(nowMs: number): Promise<string[]> {
  await deleteEndedStatement(database.db, { nowMs, limit: 10 });
  const { rows } = await database.db.execute<{ key: string }>(
    sql`SELECT key FROM outbox ORDER BY key`,
  );
  return rows.map(({ key }) => key);
}

function readMails(sinceMs: number, nowMs: number) {
  return readSent(database.db, { kinds: MAILS, sinceMs, nowMs });
}

/** What Postgres would do for a record, with many mails that wait. */
async function planOfRecord(): Promise<string> {
  const { db } = database;
  let plan = '';
  const explaining = new Proxy(db, {
    get: (target, name) =>
      name === 'execute'
        ? async (query: SQL) => {
            const { rows } = await db.execute(sql`EXPLAIN ${query}`);
            plan = JSON.stringify(rows);
            return { rows: [] };
          }
        : Reflect.get(target, name),
  });
  const result: RowResult = { id: 1, tries: 0, lastError: null, next: 'done' };
  await recordResults(explaining, { leaseId: 'one', results: [result], nowMs: NOW_MS });
  return plan;
}

function drop(nowMs: number) {
  return dropUnsentMails(database.db, { nowMs, limit: 2 });
}

async function stored(id: number) {
  const { rows } = await database.db.execute(sql`SELECT * FROM outbox WHERE id = ${id}`);
  return rows[0];
}

describe('a lease', () => {
  it('takes rows that are due, urgent ones first, then in the order in which they are due', async () => {
    await add('late', { nowMs: NOW_MS - 1 });
    await add('early', { nowMs: NOW_MS - 9 });
    await add('urgent', { priority: 0 });
    await add('not due', { dueAtMs: NOW_MS + 1 });
    const rows = await lease('one');
    expect(rows.map(({ key }) => key)).toEqual(['urgent', 'early', 'late']);
    expect(rows[0]).toMatchObject({
      kind: 'mail.reset_password',
      payload: { email: 'a@example.com' },
      userId: null,
      createdAtMs: NOW_MS,
      dueAtMs: NOW_MS,
      dropAfterMs: null,
      tries: 0,
    });
  });

  it('takes of each class at most its limit', async () => {
    for (const key of ['a', 'b', 'c']) await add(key);
    for (const key of ['x', 'y']) await add(key, { priority: 0 });
    const classes = [
      { kinds: MAILS, priorities: [0, 0], limit: 5 },
      { kinds: MAILS, priorities: [1, 9], limit: 2 },
      { kinds: [], priorities: [0, 9], limit: 5 },
    ] as const;
    const request = { leaseId: 'one', nowMs: NOW_MS, untilMs: NOW_MS + 1, classes };
    const rows = await leaseRows(database.db, request);
    expect(rows.map(({ key }) => key)).toEqual(['x', 'y', 'a', 'b']);
  });

  it('leaves kinds that it does not know', async () => {
    await add('erase', { kind: 'account.erase' });
    expect(await lease('one')).toEqual([]);
  });

  it('keeps rows from others until it is over, and counts a try of which nothing was heard', async () => {
    await add('a');
    expect((await lease('one')).length).toBe(1);
    expect(await lease('two', { nowMs: NOW_MS + 999 })).toEqual([]);
    const [row] = await lease('two', { nowMs: NOW_MS + 1_000 });
    expect(row?.tries).toBe(1);
  });

  it('gives each row to one of many who ask at the same moment', async () => {
    for (let n = 0; n < 40; n++) await add(`row ${n}`);
    const leases = Array.from({ length: 8 }, (_, n) => lease(`lease ${n}`, { limit: 10 }));
    const keys = (await Promise.all(leases)).flat().map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    const rest = await lease('rest');
    expect(keys.length + rest.length).toBe(40);
  });

  it('does not wait for a row that somebody else has locked', async () => {
    const id = await add('a');
    await add('b');
    const other = await database.connect();
    await other.query('BEGIN');
    await other.query('SELECT id FROM outbox WHERE id = $1 FOR UPDATE', [id]);
    expect((await lease('one')).map(({ key }) => key)).toEqual(['b']);
    await other.query('ROLLBACK');
  });
});

describe('a result', () => {
  it('ends a row, and takes its payload away once it is done or dropped', async () => {
    const ids = await Promise.all(['a', 'b', 'c'].map((key) => add(key)));
    const [done = 0, dropped = 0, givenUp = 0] = ids;
    await lease('one');
    const counted = await record(
      'one',
      { id: done, tries: 0, lastError: null, next: 'done' },
      { id: dropped, tries: 0, lastError: 'account_gone', next: 'dropped' },
      { id: givenUp, tries: 3, lastError: 'status_500', next: 'given_up' },
    );
    expect(new Set(counted)).toEqual(new Set(ids));
    const payload = { email: 'a@example.com' };
    const ended = { lease_id: null, leased_until: null };
    expect(await stored(done)).toMatchObject({ ...ended, outcome: 'done', payload: null });
    expect(await stored(dropped)).toMatchObject({ ...ended, outcome: 'dropped', payload: null });
    expect(await stored(givenUp)).toMatchObject({ ...ended, tries: 3, payload });
    expect(await lease('two', { nowMs: NOW_MS + DAY_MS })).toEqual([]);
  });

  it('that is not the last one has the row tried again later, with no try counted twice', async () => {
    const id = await add('a');
    await lease('one');
    const dueAtMs = NOW_MS + 5_000;
    await record('one', { id, tries: 1, lastError: 'status_500', next: { dueAtMs } });
    expect(await lease('two', { nowMs: dueAtMs - 1 })).toEqual([]);
    const [row] = await lease('two', { nowMs: dueAtMs });
    expect(row).toMatchObject({ tries: 1, dueAtMs });
    expect(await stored(id)).toMatchObject({ last_error: 'status_500' });
  });

  it('counts only under the lease that holds the row', async () => {
    const id = await add('a');
    const done: RowResult = { id, tries: 0, lastError: null, next: 'done' };
    await lease('one');
    await lease('two', { nowMs: NOW_MS + 1_000 });
    expect(await record('one', done)).toEqual([]);
    expect(await stored(id)).toMatchObject({ outcome: null, lease_id: 'two' });
    expect(await record('two', done)).toEqual([id]);
    expect(await record('two', { ...done, next: 'given_up' })).toEqual([]);
    expect(await stored(id)).toMatchObject({ outcome: 'done' });
  });
});

describe('what waits', () => {
  it('is known for each class by its first row, and a leased one by the end of its lease', async () => {
    await add('later', { dueAtMs: NOW_MS + 9_000 });
    await add('urgent', { priority: 0, dueAtMs: NOW_MS + 4_000 });
    const classes: PriorityClass[] = [
      { kinds: MAILS, priorities: [0, 0] },
      { kinds: MAILS, priorities: [1, 9] },
      { kinds: [], priorities: [0, 9] },
    ];
    expect(await findNextDue(database.db, classes, NOW_MS)).toEqual([
      NOW_MS + 4_000,
      NOW_MS + 9_000,
      undefined,
    ]);
    await add('now');
    await lease('one');
    expect((await findNextDue(database.db, classes, NOW_MS))[1]).toBe(NOW_MS + 1_000);
  });

  it('is dropped in a shop that sends no mail, a bounded number at a time, once it is due', async () => {
    const erase = await add('erase', {
      kind: 'account.erase',
      payload: { userId: 'usr_0123456789abcdefgh' as UserId },
    });
    const held = await add('held');
    await lease('another Worker');
    const ids = [await add('a'), await add('b'), await add('c')];
    const later = await add('later', { dueAtMs: NOW_MS + 900 });
    expect([await drop(NOW_MS), await drop(NOW_MS), await drop(NOW_MS)]).toEqual([2, 1, 0]);
    const ended = { outcome: 'dropped', last_error: 'no_adapter', payload: null };
    for (const id of ids) expect(await stored(id)).toMatchObject(ended);
    for (const id of [erase, held, later])
      expect(await stored(id)).toMatchObject({ outcome: null });
    expect(await drop(NOW_MS + 1_000)).toBe(2);
    expect(await stored(held)).toMatchObject({ ...ended, lease_id: null, leased_until: null });
  });

  it('is found by its id when it is recorded, and not by going through all that wait', async () => {
    await database.db.execute(sql`
      INSERT INTO outbox (kind, key, payload, priority, created_at, due_at)
      SELECT 'mail.order_confirmed', 'waits ' || n, '{}', 1, now(), now() FROM generate_series(1, 5000) n`);
    const plans = [await planOfRecord()];
    await database.db.execute(sql`ANALYZE outbox`);
    plans.push(await planOfRecord());
    for (const plan of plans) {
      expect(plan).toContain('outbox_pkey');
      expect(plan).not.toMatch(/outbox_due|Seq Scan on outbox/);
    }
  });

  it('is no late mail in the figures of a Worker that sends none', async () => {
    await add('a');
    const at = { nowMs: NOW_MS + 5_000, sendsMail: true };
    expect((await readOutboxFigures(database.db, at)).oldestDueMs).toBe(5_000);
    const mailless = { ...at, sendsMail: false };
    expect((await readOutboxFigures(database.db, mailless)).oldestDueMs).toBe(0);
  });

  it('is overdue where nobody holds it', async () => {
    await add('a');
    expect(await hasOverdue(database.db, NOW_MS - 1)).toBe(false);
    expect(await hasOverdue(database.db, NOW_MS)).toBe(true);
    await lease('one');
    expect(await hasOverdue(database.db, NOW_MS + 999)).toBe(false);
    expect(await hasOverdue(database.db, NOW_MS + 1_000)).toBe(true);
  });
});

it('what was sent is counted in a window, and within the last second of it', async () => {
  const ids = await Promise.all(['a', 'b', 'c'].map((key) => add(key)));
  await lease('one');
  const results = ids.map(
    (id): RowResult => ({
      id,
      tries: 0,
      lastError: null,
      next: id === ids[2] ? 'given_up' : 'done',
    }),
  );
  await record('one', ...results);
  const sentAtMs = NOW_MS + 500;
  const both = { count: 2, firstAtMs: sentAtMs };
  expect(await readMails(NOW_MS, sentAtMs + 999)).toEqual({ ...both, lastSecond: 2 });
  expect(await readMails(NOW_MS, sentAtMs + 1_000)).toEqual({ ...both, lastSecond: 0 });
  expect(await readMails(sentAtMs, sentAtMs)).toMatchObject({ count: 0, firstAtMs: undefined });
});

it('ended rows are deleted after a week, those that were given up after thirty days', async () => {
  for (const [key, outcome] of [
    ['a', 'done'],
    ['b', 'dropped'],
    ['c', 'given_up'],
    ['d', null],
  ] as const) {
    const id = await add(key);
    const endedAt = outcome === null ? sql`NULL` : instant(NOW_MS);
    await database.db.execute(
      sql`UPDATE outbox SET outcome = ${outcome}, ended_at = ${endedAt} WHERE id = ${id}`,
    );
  }
  expect(await keysLeft(NOW_MS + 7 * DAY_MS - 1)).toEqual(['a', 'b', 'c', 'd']);
  expect(await keysLeft(NOW_MS + 7 * DAY_MS)).toEqual(['c', 'd']);
  expect(await keysLeft(NOW_MS + 30 * DAY_MS)).toEqual(['d']);
});

it('an erasure that was given up is kept until it is done', async () => {
  const userId = 'usr_0123456789abcdefgh' as UserId;
  const id = await add('erase', { kind: 'account.erase', payload: { userId } });
  const end = (outcome: string) =>
    database.db.execute(
      sql`UPDATE outbox SET outcome = ${outcome}, ended_at = ${instant(NOW_MS)} WHERE id = ${id}`,
    );
  await end('given_up');
  expect(await keysLeft(NOW_MS + 400 * DAY_MS)).toEqual(['erase']);
  await end('done');
  expect(await keysLeft(NOW_MS + 400 * DAY_MS)).toEqual([]);
});

it('a row that was given up keeps its payload for as long as it may be tried again', async () => {
  const row = { dropAfterMs: NOW_MS + 1_000 };
  const [late, waiting] = [await add('late', row), await add('waiting', row)];
  await database.db.execute(sql`UPDATE outbox SET outcome = 'given_up', ended_at = created_at
    WHERE id = ${late}`);
  await forgetLateStatement(database.db, NOW_MS + 1_000);
  expect(await stored(late)).toMatchObject({ payload: { email: 'a@example.com' } });
  await forgetLateStatement(database.db, NOW_MS + 1_001);
  expect(await stored(late)).toMatchObject({ payload: null, outcome: 'given_up' });
  expect(await stored(waiting)).toMatchObject({ payload: { email: 'a@example.com' } });
});
