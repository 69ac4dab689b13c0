/** On the ledger, the handlers of the outbox and a local Stripe. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { capture } from '../worker/outbox/payments/capture.ts';
import { release } from '../worker/outbox/payments/release.ts';
import { takeDisputes } from '../worker/outbox/payments/take-disputes.ts';
import { queueLooksAtUnsettled } from '../worker/stores/postgres/payment-reconciliation.ts';
import type { Database } from './database.ts';
import { findPaymentDifferences, repairPayments } from './reconcile-payments.ts';
import { openMigratedPostgres } from './testing/migrated-database.ts';
import { type Begun, type PaymentWorld, paymentWorld, rowOf } from './testing/payment-world.ts';

const HOUR_MS = 3_600_000;

let database: Database;
let world: PaymentWorld;

beforeAll(async () => {
  database = await openMigratedPostgres();
}, 60_000);

afterAll(() => database?.close());

beforeEach(async () => {
  await database.db.execute(sql`DELETE FROM outbox`);
  await database.db.execute(sql`UPDATE payments SET begun_at = begun_at + interval '1 year'`);
  world = await paymentWorld(database.db);
});

function compare() {
  const { db, provider } = world.ports;
  return findPaymentDifferences({ db, provider, nowMs: world.ports.nowMs(), days: 3 });
}

async function queuedOf({ paymentId }: Begun) {
  const { rows } = await database.db.execute<{ kind: string }>(sql`
    SELECT kind FROM outbox WHERE payment_id = ${paymentId} AND outcome IS NULL ORDER BY id`);
  return rows.map(({ kind }) => kind);
}

const endRows = () =>
  database.db.execute(
    sql`UPDATE outbox SET outcome = 'done', ended_at = now() WHERE outcome IS NULL`,
  );

/** Finds, has the outbox told, and finds nothing more that nobody sees to. */
async function repaired(): Promise<string[]> {
  const findings = await compare();
  await repairPayments(database.db, findings, world.ports.nowMs());
  expect(await compare()).toEqual([]);
  return findings.map(({ what }) => what);
}

describe('payments and the provider', () => {
  it('differ where a dispute is not known as it is, and are looked at then', async () => {
    const begun = await world.confirm();
    await capture(world.ports, rowOf('payment.capture', begun));
    await endRows();
    const session = await world.provider.readSession(begun.sessionId);
    const id = session?.payment?.paymentId ?? '';
    expect(await world.stripe.dispute(id, 'open')).toBe(true);
    await world.pass(HOUR_MS);
    expect(await repaired()).toEqual(['dispute_differs']);
    expect(await queuedOf(begun)).toEqual(['payment.look']);
    await endRows();
    await takeDisputes(world.ports, { id: begun.paymentId, providerPaymentId: id });
    expect(await compare()).toEqual([]);
  });

  it('agree where everything was worked off', async () => {
    const begun = await world.confirm();
    await capture(world.ports, rowOf('payment.capture', begun));
    const released = await world.authorise();
    await world.cancel(released);
    await release(world.ports, rowOf('payment.release', released));
    await world.begin();
    await endRows();
    await world.pass(HOUR_MS);
    expect(await compare()).toEqual([]);
  });

  it('case 18: a payment whose webhook was answered and moved nothing is found and looked at', async () => {
    const begun = await world.authorise();
    await world.pass(HOUR_MS);
    expect(await repaired()).toEqual(['differs']);
    expect(await queuedOf(begun)).toEqual(['payment.look']);
  });

  it('case 3: money of an order that has ended is released, by whatever cleaned up after it', async () => {
    const begun = await world.authorise();
    await database.db.execute(
      sql`UPDATE payments SET state = 'authorised', authorised_at = now() WHERE id = ${begun.paymentId}`,
    );
    await world.cancel(begun);
    await endRows();
    await world.pass(HOUR_MS);
    expect(await repaired()).toEqual(['not_an_orders']);
    expect(await queuedOf(begun)).toEqual(['payment.release']);
  });

  it('case 13: what was taken in part on the pages of the provider is found and looked at', async () => {
    const begun = await world.confirm();
    const { provider_payment_id: intent } = await world.read(begun.paymentId);
    await world.post(`/v1/payment_intents/${String(intent)}/capture`, { amount_to_capture: '100' });
    await endRows();
    await world.pass(HOUR_MS);
    expect(await repaired()).toEqual(['differs']);
  });

  it('are two shops where this one does not know what the provider has: it is only named', async () => {
    const begun = await world.authorise();
    await database.db.execute(sql`DELETE FROM payments WHERE id = ${begun.paymentId}`);
    await world.pass(HOUR_MS);
    const findings = await compare();
    expect(findings).toMatchObject([{ what: 'unknown_here' }]);
    expect(await repairPayments(database.db, findings, world.ports.nowMs())).toBe(0);
    expect(await world.money(begun)).toMatchObject({ status: 'requires_capture' });
  });

  it('case 15: one that nobody has heard of for long is looked at, once for each turn', async () => {
    const begun = await world.begin();
    await world.pass(25 * HOUR_MS);
    const nowMs = world.ports.nowMs();
    const due = { begunBeforeMs: nowMs - HOUR_MS, nowMs, limit: 10 };
    expect((await compare()).map(({ what }) => what)).toEqual(['unsettled']);
    expect(await queueLooksAtUnsettled(database.db, { ...due, turn: '1' })).toBe(1);
    expect(await queuedOf(begun)).toEqual(['payment.look']);
    expect(await compare()).toEqual([]);
    await endRows();
    expect(await queueLooksAtUnsettled(database.db, { ...due, turn: '1' })).toBe(0);
    expect(await queueLooksAtUnsettled(database.db, { ...due, turn: '2' })).toBe(1);
  });
});
