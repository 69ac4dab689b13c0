/** On the ledger, the handlers of the outbox and a local Stripe: the laws hold after every step. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../local/database.ts';
import { openMigratedPostgres } from '../../../local/testing/migrated-database.ts';
import {
  type Begun,
  type PaymentWorld,
  paymentWorld,
  rowOf,
} from '../../../local/testing/payment-world.ts';
import type { MoneyLaw } from '../../contract/money-integrity.ts';
import { capture } from '../../outbox/payments/capture.ts';
import { release } from '../../outbox/payments/release.ts';
import { recountEvent } from './events.ts';
import { findBrokenMoneyLaws } from './money-laws.ts';

let database: Database;
let world: PaymentWorld;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 60_000);

afterAll(() => database?.close());

beforeEach(async () => {
  world = await paymentWorld(database.db);
});

async function brokenIn({ eventId }: Begun): Promise<MoneyLaw[]> {
  const broken = await findBrokenMoneyLaws(database.db, eventId);
  const laws = broken.map(({ law }) => law);
  const integrity = await recountEvent(database.db, eventId);
  expect(Object.keys(integrity?.money.broken ?? {}).toSorted()).toEqual(laws);
  expect(integrity?.ok).toBe(laws.length === 0);
  return laws;
}

const end = ({ paymentId }: Begun, kind: string) =>
  database.db.execute(sql`
    UPDATE outbox SET outcome = 'done', ended_at = now()
     WHERE payment_id = ${paymentId} AND kind = ${kind} AND outcome IS NULL`);

const change = (text: string, { paymentId }: Begun) =>
  database.db.execute(sql`${sql.raw(text)} WHERE id = ${paymentId}`);

describe('the laws of money', () => {
  it('hold from the page to the capture', async () => {
    const begun = await world.begin();
    expect(await brokenIn(begun)).toEqual([]);
    const paid = await world.confirm();
    expect(await brokenIn(paid)).toEqual([]);
    await capture(world.ports, rowOf('payment.capture', paid));
    await end(paid, 'payment.capture');
    expect(await brokenIn(paid)).toEqual([]);
  });

  it('hold where an order that was paid for is given up', async () => {
    const begun = await world.authorise();
    await world.cancel(begun);
    expect(await brokenIn(begun)).toEqual([]);
    await release(world.ports, rowOf('payment.release', begun));
    await end(begun, 'payment.release');
    expect(await brokenIn(begun)).toEqual([]);
  });

  it('tell of money that is kept for nothing', async () => {
    const begun = await world.confirm();
    await capture(world.ports, rowOf('payment.capture', begun));
    await end(begun, 'payment.capture');
    await database.db.execute(sql`UPDATE orders SET payment_id = NULL WHERE id = ${begun.orderId}`);
    expect(await brokenIn(begun)).toEqual(['confirmed_unpaid', 'kept_too_much']);
  });

  it('tell of an order whose money nobody takes', async () => {
    const begun = await world.confirm();
    await end(begun, 'payment.capture');
    expect(await brokenIn(begun)).toEqual(['took_too_little']);
  });

  it('tell of money that is reserved for an order that has ended', async () => {
    const begun = await world.authorise();
    await change(`UPDATE payments SET state = 'authorised', authorised_at = now()`, begun);
    await world.cancel(begun);
    await end(begun, 'payment.release');
    expect(await brokenIn(begun)).toEqual(['authorised_for_nothing']);
  });

  it('tell of a payment of another amount, and of one that failed and left the units', async () => {
    const begun = await world.confirm();
    await change('UPDATE payments SET amount_minor = amount_minor + 1', begun);
    expect(await brokenIn(begun)).toEqual(['paid_otherwise']);
    await change('UPDATE payments SET amount_minor = amount_minor - 1', begun);
    await change(`UPDATE payments SET state = 'failed', ended_at = now()`, begun);
    expect(await brokenIn(begun)).toEqual([]);
    await end(begun, 'payment.capture');
    expect(await brokenIn(begun)).toEqual(['failed_and_kept']);
  });

  it('tell of a refund that nothing is to make', async () => {
    const begun = await world.confirm();
    await capture(world.ports, rowOf('payment.capture', begun));
    await database.db.execute(sql`
      INSERT INTO payment_refunds (id, payment_id, order_id, amount_minor, currency, reason, created_at)
      VALUES (${`ref_${begun.paymentId.slice(4)}`}, ${begun.paymentId}, ${begun.orderId}, 100, 'EUR', 'x', now())`);
    expect(await brokenIn(begun)).toEqual(['kept_too_much', 'refund_forgotten']);
  });
});
