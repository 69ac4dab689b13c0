/** On a real Postgres: rows of one payment are worked off one at a time, in the order of their ids. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type MigratedPostgres,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import type { PaymentId } from '../../contract/ids.ts';
import { enqueueStatement, type NewOutboxRow } from './outbox.ts';
import { findNextDue, hasOverdue, leaseRows, recordResults } from './outbox-work.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const SECOND_MS = 1_000;
const ALL = {
  kinds: ['payment.capture', 'payment.release', 'payment.refund', 'payment.look'],
  priorities: [0, 9],
} as const;
const FIRST = 'pay_0123456789abcdef' as PaymentId;
const SECOND = 'pay_fedcba9876543210' as PaymentId;

let database: MigratedPostgres;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 120_000);

afterAll(() => database?.close());

beforeEach(() => database.db.execute(sql`DELETE FROM outbox`));

type Added = 'capture' | 'look' | 'release';

async function add(key: string, what: Added, changes: Partial<NewOutboxRow> = {}) {
  const paymentId = changes.paymentId ?? FIRST;
  const row = { key, priority: 0, nowMs: NOW_MS, paymentId, payload: { paymentId } } as const;
  const kind = `payment.${what}` as const;
  const { rows } = await enqueueStatement(database.db, { ...row, kind, ...changes });
  return Number(rows[0]?.id);
}

let leases = 0;

async function lease({ nowMs = NOW_MS, limit = 100 } = {}) {
  const classes = [{ ...ALL, limit }];
  const leaseId = `lease ${++leases}`;
  const request = { leaseId, nowMs, untilMs: nowMs + SECOND_MS, classes };
  const rows = await leaseRows(database.db, request);
  return { leaseId, keys: rows.map(({ key }) => key) };
}

function record(
  leaseId: string,
  id: number,
  next: 'done' | 'dropped' | 'given_up' | { dueAtMs: number },
) {
  const results = [{ id, tries: 1, lastError: null, next }];
  return recordResults(database.db, { leaseId, results, nowMs: NOW_MS });
}

const nextDue = async (nowMs = NOW_MS) => (await findNextDue(database.db, [ALL], nowMs))[0];

describe('the rows of one payment', () => {
  it('are leased one at a time, the first one first however urgent another is', async () => {
    const first = await add('first', 'capture', { priority: 2 });
    await add('second', 'release');
    await add('other', 'release', { paymentId: SECOND });
    const one = await lease();
    expect(one.keys.toSorted()).toEqual(['first', 'other']);
    expect((await lease()).keys).toEqual([]);
    await record(one.leaseId, first, 'done');
    expect((await lease()).keys).toEqual(['second']);
  });

  it('go on behind one that was given up', async () => {
    const first = await add('first', 'release');
    await add('second', 'release');
    const { leaseId } = await lease();
    await record(leaseId, first, 'given_up');
    expect((await lease()).keys).toEqual(['second']);
  });

  it('wait for a release that waits for its next try, and are not looked for before it', async () => {
    const first = await add('first', 'release');
    await add('second', 'release');
    const { leaseId } = await lease();
    await record(leaseId, first, { dueAtMs: NOW_MS + SECOND_MS });
    expect((await lease()).keys).toEqual([]);
    expect(await nextDue()).toBe(NOW_MS + SECOND_MS);
    expect(await hasOverdue(database.db, NOW_MS)).toBe(false);
    expect((await lease({ nowMs: NOW_MS + SECOND_MS })).keys).toEqual(['first']);
  });

  it.each(['capture', 'look'] as const)(
    'overtake a %s that waits for its next try, and it does not come while they are worked off',
    async (what) => {
      const first = await add('first', what);
      const second = await add('second', 'release');
      const one = await lease();
      await record(one.leaseId, first, { dueAtMs: NOW_MS + 500 });
      expect(await nextDue()).toBe(NOW_MS);
      const two = await lease();
      expect(two.keys).toEqual(['second']);
      expect((await lease({ nowMs: NOW_MS + 500 })).keys).toEqual([]);
      expect(await nextDue(NOW_MS + 500)).toBe(NOW_MS + SECOND_MS);
      await record(two.leaseId, second, 'done');
      expect((await lease({ nowMs: NOW_MS + 500 })).keys).toEqual(['first']);
    },
  );

  it('are given to one of many who ask at the same moment', async () => {
    for (let n = 0; n < 6; n++) await add(`row ${n}`, 'release');
    const all = await Promise.all(Array.from({ length: 8 }, () => lease({ limit: 3 })));
    expect(all.flatMap(({ keys }) => keys)).toEqual(['row 0']);
  });
});
