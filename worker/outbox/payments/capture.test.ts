import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import {
  type Begun,
  paymentWorld,
  rowOf,
  TOTAL_MINOR,
  UNITS,
} from '../../../local/testing/payment-world.ts';
import { readLeasedPayments } from '../../stores/postgres/leased-payments.ts';
import { readPaymentWork } from '../../stores/postgres/payment-work.ts';
import { capture } from './capture.ts';

const HOUR_MS = 3_600_000;
const DECLINED = { fault: 'capture_declined' };

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 60_000);

afterAll(() => database?.close());

const open = () => paymentWorld(database.db);

async function unitsReturned({ orderId }: Begun): Promise<unknown> {
  const { rows } = await database.db.execute(
    sql`SELECT units_returned FROM orders WHERE id = ${orderId}`,
  );
  return rows[0]?.['units_returned'];
}

const CAPTURED = { status: 'succeeded', taken: TOTAL_MINOR, back: 0, refunds: 0 };

describe('a capture', () => {
  it('takes the money of a confirmed order once, however often it is tried', async () => {
    const world = await open();
    const begun = await world.confirm();
    for (let tries = 0; tries < 3; tries++) {
      expect(await capture(world.ports, rowOf('payment.capture', begun, tries))).toEqual({
        kind: 'done',
      });
    }
    expect(await world.money(begun)).toEqual(CAPTURED);
    expect(await world.read(begun.paymentId)).toMatchObject({ state: 'captured' });
  });

  it('ends right where its payment, read with others, was captured since', async () => {
    const world = await open();
    const [begun, other] = [await world.confirm(), await world.confirm()];
    const ids = { paymentIds: [begun.paymentId, other.paymentId], eventIds: [] };
    const { payments } = await readLeasedPayments(database.db, ids);
    for (const id of ids.paymentIds) {
      expect(payments.get(id)).toEqual(await readPaymentWork(database.db, id));
    }
    await capture(world.ports, rowOf('payment.capture', begun));
    const ahead = payments.get(begun.paymentId);
    expect(ahead?.state).toBe('authorised');
    expect(await capture(world.ports, rowOf('payment.capture', begun), ahead)).toEqual({
      kind: 'done',
    });
    expect(await world.money(begun)).toEqual(CAPTURED);
    expect(await world.money(other)).toMatchObject({ taken: 0 });
  });

  it('whose answer was lost is found by the next try', async () => {
    const world = await open();
    const begun = await world.confirm();
    for (const fault of ['cutAfterWork', 'failAfterWork'] as const) {
      const other = await world.confirm();
      world.stripe.setFaults({ [fault]: 1 });
      const first = await capture(world.ports, rowOf('payment.capture', other));
      expect(first.kind).toBe('failed');
      expect(await world.money(other)).toEqual(CAPTURED);
      expect(await capture(world.ports, rowOf('payment.capture', other, 1))).toEqual({
        kind: 'done',
      });
      expect(await world.read(other.paymentId)).toMatchObject({ state: 'captured' });
    }
    expect(await world.money(begun)).toMatchObject({ taken: 0 });
  });

  it('waits for a provider that is away or asks for patience, with the same key', async () => {
    const world = await open();
    const begun = await world.confirm();
    world.stripe.setFaults({ isDown: true });
    const away = await capture(world.ports, rowOf('payment.capture', begun));
    expect(away).toEqual({ kind: 'failed', reason: 'unavailable' });
    world.stripe.setFaults({ limitRate: 1 });
    const throttled = await capture(world.ports, rowOf('payment.capture', begun));
    expect(throttled).toMatchObject({ kind: 'throttled', reason: 'throttled' });
    expect(await world.read(begun.paymentId)).toMatchObject({ keys_spent: 0 });
    expect(await capture(world.ports, rowOf('payment.capture', begun, 1))).toEqual({
      kind: 'done',
    });
  });

  it('that is declined is tried again with another key each time', async () => {
    const world = await open();
    const begun = await world.confirm(DECLINED);
    for (let tries = 0; tries < 3; tries++) {
      const outcome = await capture(world.ports, rowOf('payment.capture', begun, tries));
      expect(outcome).toEqual({ kind: 'failed', reason: 'declined' });
      expect(await world.read(begun.paymentId)).toMatchObject({ keys_spent: tries + 1 });
    }
    expect(await world.read(begun.paymentId)).toMatchObject({ state: 'authorised' });
  });

  it('is given up twelve hours before the authorisation ends: it ends, and the units go back', async () => {
    const world = await open();
    const begun = await world.confirm(DECLINED);
    await world.pass(7 * 24 * HOUR_MS - 13 * HOUR_MS);
    const declined = await capture(world.ports, rowOf('payment.capture', begun, 9));
    expect(declined).toEqual({ kind: 'failed', reason: 'declined' });
    await world.pass(2 * HOUR_MS);
    const ended = await capture(world.ports, rowOf('payment.capture', begun, 10));
    expect(ended).toEqual({ kind: 'refused', reason: 'capture_failed' });
    const failed = { state: 'failed', end_reason: 'capture_failed' };
    expect(await world.read(begun.paymentId)).toMatchObject(failed);
    expect(await world.money(begun)).toMatchObject({ status: 'canceled', taken: 0 });
    expect(world.line.returned).toEqual([begun.paymentId]);
    expect(await unitsReturned(begun)).toBe(UNITS);
    // Tried again by an admin: nothing is taken any more.
    const again = await capture(world.ports, rowOf('payment.capture', begun));
    expect(again).toEqual({ kind: 'refused', reason: 'capture_failed' });
    expect(await world.money(begun)).toMatchObject({ status: 'canceled', taken: 0 });
  });

  it('case 14: an authorisation that lapsed uncaptured fails the payment, and the units go back', async () => {
    const world = await open();
    const begun = await world.confirm();
    await world.pass(8 * 24 * HOUR_MS);
    const outcome = await capture(world.ports, rowOf('payment.capture', begun));
    expect(outcome).toMatchObject({ kind: 'refused' });
    expect(await world.read(begun.paymentId)).toMatchObject({
      state: 'failed',
      end_reason: 'lapsed',
    });
    expect(world.line.returned).toEqual([begun.paymentId]);
  });

  it('is never made of a payment that confirmed nothing', async () => {
    const world = await open();
    const begun = await world.authorise();
    const outcome = await capture(world.ports, rowOf('payment.capture', begun));
    expect(outcome).toEqual({ kind: 'refused', reason: 'not_authorised' });
    expect(await world.money(begun)).toMatchObject({ status: 'requires_capture', taken: 0 });
  });
});
