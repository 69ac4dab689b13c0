import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import {
  type Begun,
  type PaymentWorld,
  paymentWorld,
  refundRowOf,
  rowOf,
  TOTAL_MINOR,
  VISA,
} from '../../../local/testing/payment-world.ts';
import { makeRefundId, type RefundId } from '../../contract/ids.ts';
import { findRefund } from '../../stores/postgres/admin-refunds.ts';
import { findBrokenMoneyLaws } from '../../stores/postgres/money-laws.ts';
import { decideWholeRefund } from '../../stores/postgres/payment-refunds.ts';
import { writeSession } from '../../stores/postgres/payments.ts';
import { fillRandom } from '../../testing/rows.ts';
import { capture } from './capture.ts';
import { refund } from './refund.ts';
import { release } from './release.ts';

const MINUTE_MS = 60_000;
const DONE = { kind: 'done' };

let database: Database;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 60_000);

afterAll(() => database?.close());

const open = () => paymentWorld(database.db);
const tryOnce = (world: PaymentWorld, begun: Begun, tries = 0) =>
  release(world.ports, rowOf('payment.release', begun, tries));

describe('a release', () => {
  it('ends a page that is open, so that nobody can pay there', async () => {
    const world = await open();
    const begun = await world.begin();
    expect(await tryOnce(world, begun)).toEqual(DONE);
    expect(await world.money(begun)).toMatchObject({ status: 'expired' });
    const ended = { state: 'released', end_reason: 'expired' };
    expect(await world.read(begun.paymentId)).toMatchObject(ended);
    expect(await tryOnce(world, begun)).toEqual(DONE);
  });

  it('whose answer was lost is found by the next try', async () => {
    const world = await open();
    for (const fault of ['cutAfterWork', 'failAfterWork'] as const) {
      const begun = await world.begin();
      world.stripe.setFaults({ [fault]: 1 });
      expect((await tryOnce(world, begun)).kind).toBe('failed');
      expect(await tryOnce(world, begun, 1)).toEqual(DONE);
      expect(await world.read(begun.paymentId)).toMatchObject({ state: 'released' });
    }
  });

  it('case 17: of a page that was paid meanwhile treats it as paid, and the order is kept', async () => {
    const world = await open();
    const begun = await world.authorise();
    expect(await tryOnce(world, begun)).toEqual({ kind: 'dropped', reason: 'order_paid' });
    expect(world.line.confirmed).toEqual([begun.paymentId]);
    expect(await world.read(begun.paymentId)).toMatchObject({ state: 'authorised' });
    expect(await tryOnce(world, begun)).toEqual({ kind: 'dropped', reason: 'order_paid' });
    expect(await world.money(begun)).toMatchObject({ status: 'requires_capture' });
  });

  it('leaves a payment open whose money is on its way, since the provider cannot end it', async () => {
    const world = await open();
    const begun = await world.authorise({ fault: 'payment_delayed' });
    expect(await tryOnce(world, begun)).toEqual({ kind: 'dropped', reason: 'processing' });
    expect(await world.read(begun.paymentId)).toMatchObject({ state: 'open' });
    expect(await world.money(begun)).toMatchObject({ status: 'processing', taken: 0 });
  });

  it('gives an authorisation back for free where the line refused it', async () => {
    const world = await open();
    const begun = await world.authorise();
    await world.cancel(begun);
    expect(await tryOnce(world, begun)).toEqual(DONE);
    const none = { status: 'canceled', taken: 0, back: 0, refunds: 0 };
    expect(await world.money(begun)).toEqual(none);
    const ended = { state: 'released', end_reason: 'cancelled' };
    expect(await world.read(begun.paymentId)).toMatchObject(ended);
  });

  it('refunds in full what was taken, decided once however often it is tried', async () => {
    const world = await open();
    const begun = await world.authorise();
    await world.cancel(begun);
    await database.db.execute(sql`DELETE FROM outbox`);
    const session = await world.provider.readSession(begun.sessionId);
    await world.provider.capture(session?.payment?.paymentId ?? '', 'capture by hand');
    expect(await tryOnce(world, begun)).toEqual(DONE);
    expect(await tryOnce(world, begun, 1)).toEqual(DONE);
    const { rows } = await database.db.execute<{ id: RefundId; amount_minor: string }>(
      sql`SELECT id, amount_minor FROM payment_refunds WHERE payment_id = ${begun.paymentId}`,
    );
    expect(rows.map(({ amount_minor: amount }) => Number(amount))).toEqual([TOTAL_MINOR]);
    const { rows: queued } = await database.db.execute(sql`
      SELECT kind, payload ->> 'refundId' AS id FROM outbox
       WHERE payment_id = ${begun.paymentId} AND kind <> 'payment.release'`);
    expect(queued).toEqual([{ kind: 'payment.refund', id: rows[0]?.id }]);
    for (let tries = 0; tries < 2; tries++) {
      expect(await refund(world.ports, refundRowOf(rows[0]?.id as RefundId, tries))).toEqual(DONE);
    }
    const back = { taken: TOTAL_MINOR, back: TOTAL_MINOR, refunds: 1 };
    expect(await world.money(begun)).toMatchObject(back);
    expect(world.line.returned).toEqual([]);
  });

  it('waits for whoever begins a payment, and ends one of which nobody knows a page', async () => {
    const world = await open();
    const begun = await world.begin();
    await database.db.execute(
      sql`UPDATE payments SET session_id = NULL WHERE id = ${begun.paymentId}`,
    );
    expect(await tryOnce(world, begun)).toMatchObject({ kind: 'throttled', reason: 'beginning' });
    await world.pass(6 * MINUTE_MS);
    expect(await tryOnce(world, begun)).toEqual(DONE);
    const ended = { state: 'released', end_reason: 'no_session' };
    expect(await world.read(begun.paymentId)).toMatchObject(ended);
  });

  it('waits for nobody once the order has ended, and ends a page that is told later all the same', async () => {
    const world = await open();
    const begun = await world.begin();
    const { paymentId, sessionId } = begun;
    await database.db.execute(sql`UPDATE payments SET session_id = NULL WHERE id = ${paymentId}`);
    await world.cancel(begun);
    expect(await tryOnce(world, begun)).toEqual(DONE);
    const ended = { state: 'released', end_reason: 'no_session' };
    expect(await world.read(paymentId)).toMatchObject(ended);
    expect(await world.money(begun)).toMatchObject({ status: 'open' });
    const nowMs = world.ports.nowMs();
    const late = { sessionId, url: 'https://pay.example/page', endsAtMs: nowMs, nowMs };
    expect(await writeSession(database.db, paymentId, late)).toBe(false);
    const { rows } = await database.db.execute(
      sql`SELECT key FROM outbox WHERE payment_id = ${paymentId} AND key LIKE '%/session'`,
    );
    expect(rows).toHaveLength(1);
    expect(await tryOnce(world, begun)).toEqual(DONE);
    expect(await world.money(begun)).toMatchObject({ status: 'expired' });
  });

  it('case 7: of a second payment that was taken for an order leaves the order paid', async () => {
    const world = await open();
    const begun = await world.confirm();
    const { eventId, orderId, customerId } = begun;
    await world.pass(1_000);
    const second = await world.begin({ eventId, orderId, customerId });
    await (await world.submit({ id: second.sessionId }, { card: VISA })).text();
    const session = await world.provider.readSession(second.sessionId);
    await world.provider.capture(session?.payment?.paymentId ?? '', 'capture by hand');
    expect(await tryOnce(world, second)).toEqual(DONE);
    const { rows } = await database.db.execute<{ id: RefundId }>(
      sql`SELECT id FROM payment_refunds WHERE order_id = ${orderId}`,
    );
    expect(rows).toHaveLength(1);
    expect(await refund(world.ports, refundRowOf(rows[0]?.id as RefundId))).toEqual(DONE);
    expect(await world.money(second)).toMatchObject({ taken: TOTAL_MINOR, back: TOTAL_MINOR });
    expect(await capture(world.ports, rowOf('payment.capture', begun))).toEqual(DONE);
    expect(await world.money(begun)).toMatchObject({ taken: TOTAL_MINOR, back: 0 });
    const { rows: orders } = await database.db.execute(
      sql`SELECT status, payment_id AS "paymentId" FROM orders WHERE id = ${orderId}`,
    );
    expect(orders).toEqual([{ status: 'confirmed', paymentId: begun.paymentId }]);
    await database.db.execute(sql`UPDATE outbox SET outcome = 'done', ended_at = now()`);
    expect(await findBrokenMoneyLaws(database.db, eventId)).toEqual([]);
  });

  it('takes what was taken at once to the line first, and refunds it where that refuses', async () => {
    const world = await paymentWorld(database.db, undefined, ['ideal']);
    const byBank = async () => {
      const begun = await world.authorise({ method: 'ideal' });
      await (await world.submit({ id: begun.sessionId }, { authentication: 'confirmed' })).text();
      return begun;
    };
    const kept = await byBank();
    expect(await tryOnce(world, kept)).toEqual({ kind: 'dropped', reason: 'order_paid' });
    expect(await world.read(kept.paymentId)).toMatchObject({ state: 'captured' });
    // Whoever found it refused a moment before comes too late.
    const nowMs = world.ports.nowMs();
    const refundId = makeRefundId(kept.eventId, nowMs, fillRandom);
    await decideWholeRefund(database.db, { paymentId: kept.paymentId, refundId, nowMs });
    expect(await findRefund(database.db, refundId)).toBeUndefined();
    const refused = await byBank();
    await world.cancel(refused);
    expect(await tryOnce(world, refused)).toEqual(DONE);
    expect(await tryOnce(world, refused, 1)).toEqual(DONE);
    const { rows } = await database.db.execute(sql`
      SELECT amount_minor::int AS amount FROM payment_refunds WHERE payment_id = ${refused.paymentId}`);
    expect(rows).toEqual([{ amount: TOTAL_MINOR }]);
    expect(world.line.confirmed).toEqual([kept.paymentId]);
  });

  it('leaves the payment alone that its order rests on', async () => {
    const world = await open();
    const begun = await world.confirm();
    expect(await tryOnce(world, begun)).toEqual({ kind: 'dropped', reason: 'order_paid' });
    expect(await world.money(begun)).toMatchObject({ status: 'requires_capture' });
  });
});
