/** Draws that are given up: when they may be, and what becomes of their event. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import {
  openMigratedPglite,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import type { GiveUpReason } from '../../contract/draw.ts';
import type { UserId } from '../../contract/ids.ts';
import type { Db } from '../../stores/postgres/client.ts';
import { cancelEvent, readCancellation } from '../../stores/postgres/event-cancellation.ts';
import { drawEntries, giveUpDraw, keepStatement, readDraw } from './draw.ts';
import {
  drawnBy,
  enter,
  leave,
  makeCustomers,
  makeSale,
  NOW_MS,
  outcomes,
  reserve,
  settle,
} from './testing/sales.ts';

const CLOSE_MS = NOW_MS - 5_000;
const EARLY_MS = CLOSE_MS - 60_000;
const HOUR_MS = 3_600_000;
/** Behind the hour for which a beacon may be silent. */
const ENDS_MS = NOW_MS + 2 * HOUR_MS;

describe.each([
  ['the embedded Postgres', openMigratedPglite],
  ['a real Postgres', openMigratedPostgres],
])('giving up a draw on %s', (_name, open: () => Promise<Database>) => {
  let database: Database;
  let db: Db;

  beforeAll(async () => {
    database = await open();
    db = database.db;
  });
  afterAll(() => database?.close());

  async function planned(entrants: number) {
    const sale = await makeSale(db, [{ stock: 3, limit: 1 }], {
      admission: 'draw',
      entriesCloseAt: new Date(CLOSE_MS).toISOString(),
      endsAt: new Date(ENDS_MS).toISOString(),
    });
    const customers = await makeCustomers(db, entrants);
    const entries = customers.map((customer) => enter(sale, customer, { atMs: EARLY_MS }));
    await settle(sale, entries, EARLY_MS);
    const cancel = (nowMs: number) => {
      const act = { actor: 'usr_admin' as UserId, reason: 'Flooded', condition: undefined, nowMs };
      return cancelEvent(db, sale.eventId, act);
    };
    const giveUp = (reason: GiveUpReason, nowMs: number) =>
      giveUpDraw(db, sale.eventId, { reason, nowMs });
    return { ...sale, customers, entries, cancel, giveUp };
  }

  it.each<[GiveUpReason, number, number]>([
    ['beacon_silent', NOW_MS + HOUR_MS - 1, NOW_MS + HOUR_MS],
    ['undrawn_at_end', ENDS_MS - 1, ENDS_MS],
  ])('is %s not before its time', async (reason, tooEarlyMs, atMs) => {
    const sale = await planned(2);
    await settle(sale, [], CLOSE_MS);
    expect(await sale.giveUp(reason, tooEarlyMs)).toBe(false);
    expect(await readCancellation(db, sale.eventId)).toBeNull();
    expect(await sale.giveUp(reason, atMs)).toBe(true);
    const draw = await readDraw(db, sale.eventId);
    expect(draw).toMatchObject({ givenUp: { reason, atMs }, lockedAtMs: CLOSE_MS, records: 2 });
    expect(await readCancellation(db, sale.eventId)).toMatchObject({
      by: null,
      at: new Date(atMs).toISOString(),
      reason: expect.stringMatching(/^Its draw could not be made/),
    });
    const { rows } = await db.execute(sql`
      SELECT payload ->> 'stage' AS stage FROM outbox WHERE key = ${`cancel/${sale.eventId}/0`}`);
    expect(rows).toEqual([{ stage: 'orders' }]);
  });

  it('locks the entries at once, and draws and sells nothing any more', async () => {
    const sale = await planned(3);
    expect(await sale.giveUp('cancelled', EARLY_MS + 1)).toBe(true);
    const [first] = sale.entries;
    const [other] = await makeCustomers(db, 1);
    if (!first || !other) throw new Error('nobody');
    const settlement = await settle(
      sale,
      [leave(first), reserve(sale, other), enter(sale, other)],
      NOW_MS,
    );
    expect(outcomes(settlement)).toEqual(['left', 'closed', 'closed']);
    expect(settlement.queue).toMatchObject({ drawAtMs: null, locksAtMs: null });
    expect(await drawEntries(db, sale.eventId, drawnBy())).toBe(false);
    const draw = await readDraw(db, sale.eventId);
    expect(draw).toMatchObject({ lockedAtMs: EARLY_MS + 1, records: 3, isDrawn: false });
    expect(await sale.giveUp('undrawn_at_end', ENDS_MS)).toBe(true);
    expect((await readDraw(db, sale.eventId))?.givenUp).toEqual(draw?.givenUp);
  });

  it('is not given up once it is drawn, nor where nobody entered', async () => {
    const [sale, empty] = [await planned(2), await planned(0)];
    await settle(sale, [], CLOSE_MS);
    await drawEntries(db, sale.eventId, drawnBy());
    expect(await sale.giveUp('undrawn_at_end', ENDS_MS)).toBe(false);
    expect(await empty.giveUp('cancelled', EARLY_MS + 1)).toBe(false);
    expect(await readCancellation(db, sale.eventId)).toBeNull();
    expect(await sale.cancel(NOW_MS + 1)).toBe('cancelled');
    expect(await readDraw(db, sale.eventId)).toMatchObject({ isDrawn: true, givenUp: undefined });
  });

  it.each<[string, number, GiveUpReason]>([
    ['before its round is due', NOW_MS - 1, 'cancelled'],
    ['when its beacon was silent for an hour', NOW_MS + HOUR_MS, 'beacon_silent'],
  ])('is given up by cancelling its event %s', async (_when, atMs, reason) => {
    const sale = await planned(2);
    expect(await sale.cancel(atMs)).toBe('cancelled');
    expect((await readDraw(db, sale.eventId))?.givenUp).toEqual({ reason, atMs });
    expect(await readCancellation(db, sale.eventId)).toMatchObject({
      reason: 'Flooded',
      by: { id: 'usr_admin' },
    });
    expect(await sale.cancel(atMs + 1)).toBe('cancelled');
  });

  it('keeps its event from being cancelled while its round can be had', async () => {
    const sale = await planned(2);
    for (const nowMs of [NOW_MS, NOW_MS + HOUR_MS - 1]) {
      expect(await sale.cancel(nowMs)).toBe('draw_due');
    }
    expect(await readCancellation(db, sale.eventId)).toBeNull();
    expect(await (await planned(0)).cancel(NOW_MS)).toBe('cancelled');
  });

  it('keeps the first statement of each kind', async () => {
    const sale = await planned(1);
    await settle(sale, [], CLOSE_MS);
    for (const text of ['first', 'second']) {
      await keepStatement(db, sale.eventId, { type: 'locked', text });
      await keepStatement(db, sale.eventId, { type: 'given_up', text: `${text} end` });
    }
    expect((await readDraw(db, sale.eventId))?.statements).toEqual({
      locked: 'first',
      drawn: null,
      givenUp: 'first end',
    });
  });
});
