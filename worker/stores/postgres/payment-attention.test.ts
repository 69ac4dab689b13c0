import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import { makeEventId, makePaymentId } from '../../contract/ids.ts';
import { FAILED_SHOWN_DAYS } from '../../contract/payment-attention.ts';
import { fillRandom } from '../../testing/rows.ts';
import { readPaymentAttention } from './payment-attention.ts';

const NOW_MS = Date.UTC(2030, 0, 1);
const HOUR_MS = 60 * 60_000;
const EVENT = makeEventId(fillRandom);
const OTHER = makeEventId(fillRandom);

let database: Database;
let rows = 0;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 60_000);
beforeEach(async () => {
  await database.db.execute(sql`DELETE FROM outbox`);
});
afterAll(() => database?.close());

/** @param row.hours how long ago it was written, and has ended. */
async function add(
  kind: 'capture' | 'look' | 'refund' | 'release',
  row: { hours: number; tries?: number; outcome?: string; eventId?: typeof EVENT },
): Promise<void> {
  const { hours, tries = 1, outcome = null, eventId = EVENT } = row;
  const at = new Date(NOW_MS - hours * HOUR_MS).toISOString();
  await database.db.execute(sql`
    INSERT INTO outbox (kind, key, payload, payment_id, priority, created_at, due_at, tries, outcome, ended_at)
    VALUES (${`payment.${kind}`}, ${`row ${rows++}`}, '{}', ${makePaymentId(eventId, NOW_MS, fillRandom)},
            0, ${at}, ${at}, ${tries}, ${outcome}::text,
            CASE WHEN ${outcome}::text IS NOT NULL THEN ${at}::timestamptz END)`);
}

const read = (eventId?: typeof EVENT) =>
  readPaymentAttention(database.db, { eventId, nowMs: NOW_MS });

it('a capture counts once it has failed for an hour', async () => {
  await add('capture', { hours: 2 });
  await add('capture', { hours: 0.5 });
  await add('capture', { hours: 2, tries: 0 });
  await add('capture', { hours: 2, outcome: 'done' });
  expect(await read()).toMatchObject({ late: 1, failed: 0, owed: 0, disputed: 0 });
});

it('a capture that was given up counts for some days', async () => {
  await add('capture', { hours: FAILED_SHOWN_DAYS * 24 - 1, outcome: 'given_up' });
  await add('capture', { hours: FAILED_SHOWN_DAYS * 24 + 1, outcome: 'given_up' });
  expect(await read()).toMatchObject({ late: 0, failed: 1, owed: 0 });
});

it('a release or refund that was given up counts until it is done, in its own event only', async () => {
  await add('refund', { hours: 9_000, outcome: 'given_up' });
  await add('release', { hours: 1, outcome: 'given_up', eventId: OTHER });
  await add('look', { hours: 1, outcome: 'given_up' });
  await add('refund', { hours: 2 });
  expect(await read()).toMatchObject({ owed: 2 });
  expect(await read(EVENT)).toMatchObject({ late: 0, failed: 0, owed: 1 });
  expect(await read(OTHER)).toMatchObject({ late: 0, failed: 0, owed: 1 });
});
