/** On a real Postgres: attempts to pay, as they are begun, given their page, and written down. */
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type MigratedPostgres,
  openMigratedPostgres,
} from '../../../local/testing/migrated-database.ts';
import { makePaymentId, type OrderId, type PaymentId, type UserId } from '../../contract/ids.ts';
import {
  HOLD_MS,
  makeCustomers,
  makeSale,
  NOW_MS,
  reserve,
  type Sale,
  settle,
} from '../../sale/ledger/testing/sales.ts';
import { fillRandom } from '../../testing/rows.ts';
import { beginOrFindPayment, beginPaymentStatement } from './payment-beginnings.ts';
import {
  findPaymentEvent,
  markEventsWorked,
  type NewPaymentEvent,
  storePaymentEvent,
} from './payment-events.ts';
import { type PresentPayment, queueRelease, writePresent } from './payment-states.ts';
import { claimLooks, dropPayment, findPayment, writeSession } from './payments.ts';

const TEST_MS_MAX = 60_000;

let database: MigratedPostgres;
let sale: Sale;

beforeAll(async () => {
  database = await openMigratedPostgres();
  sale = await makeSale(database.db, [{ stock: 100, limit: 5 }]);
}, TEST_MS_MAX);

afterAll(() => database?.close(), TEST_MS_MAX);

interface Held {
  orderId: OrderId;
  customerId: UserId;
}

/** An order of two units that is to be paid online. */
async function hold(): Promise<Held> {
  const [customerId = '' as UserId] = await makeCustomers(database.db, 1);
  const attempt = reserve(sale, customerId, { quantity: 2 });
  await settle(sale, [attempt]);
  const { orderId } = attempt;
  await database.db.execute(sql`UPDATE orders SET pay_online = true WHERE id = ${orderId}`);
  return { orderId, customerId };
}

async function begin(
  { orderId, customerId }: Held,
  nowMs = NOW_MS,
): Promise<PaymentId | undefined> {
  const id = makePaymentId(sale.eventId, NOW_MS, fillRandom);
  const { rows } = await beginPaymentStatement(database.db, { id, orderId, customerId, nowMs });
  return rows.length > 0 ? id : undefined;
}

/** An attempt with its page. */
async function beginWithPage(): Promise<Held & { id: PaymentId; sessionId: string }> {
  const held = await hold();
  const id = await begin(held);
  if (id === undefined) throw new Error('it was not begun');
  const sessionId = `cs_${id}`;
  await writeSession(database.db, id, pageOf(sessionId));
  return { ...held, id, sessionId };
}

const pageOf = (sessionId: string) => ({
  sessionId,
  url: `https://pay.example/${sessionId}`,
  endsAtMs: NOW_MS + 1_860_000,
  nowMs: NOW_MS,
});

const ofProvider: PresentPayment = {
  state: 'authorised',
  providerPaymentId: undefined,
  capturedMinor: 0,
  refundedMinor: 0,
  captureBeforeMs: NOW_MS + 7 * 86_400_000,
  declineReason: undefined,
  endReason: undefined,
  isWhole: true,
};

const present = (id: PaymentId, changes: Partial<PresentPayment>) =>
  writePresent(database.db, id, {
    ...ofProvider,
    providerPaymentId: `pi_${id}`,
    ...changes,
    nowMs: NOW_MS,
  });

async function rowOf(id: PaymentId) {
  return (await findPayment(database.db, id))?.payment;
}

async function outboxOf(id: PaymentId) {
  const { rows } = await database.db.execute<{ key: string; outcome: string | null }>(
    sql`SELECT key, outcome FROM outbox WHERE payment_id = ${id} ORDER BY id`,
  );
  return rows.map(({ key, outcome }) => `${key.replace(id, '')} ${outcome ?? 'waits'}`);
}

describe('an attempt to pay', () => {
  it('is begun for the whole total of a held order, and marks it', async () => {
    const { orderId, customerId } = await hold();
    const id = await begin({ orderId, customerId });
    const another = makePaymentId(sale.eventId, NOW_MS, fillRandom);
    const asked = { id: another, orderId, nowMs: NOW_MS };
    const found = await beginOrFindPayment(database.db, { ...asked, customerId });
    expect(found).toMatchObject({
      order: { id: orderId, status: 'pending', payOnline: true, paying: true },
      name: 'Lamp',
      language: 'en',
      last: { id, state: 'open', amountMinor: 2 * (found?.unitPriceMinor ?? 0), sessionId: null },
    });
    const [stranger = '' as UserId] = await makeCustomers(database.db, 1);
    expect(
      await beginOrFindPayment(database.db, { ...asked, customerId: stranger }),
    ).toBeUndefined();
  });

  it('is begun and read at once, by its customer alone', async () => {
    const { orderId, customerId } = await hold();
    const [stranger = '' as UserId] = await makeCustomers(database.db, 1);
    const id = makePaymentId(sale.eventId, NOW_MS, fillRandom);
    const asked = { id, orderId, nowMs: NOW_MS };
    await beginOrFindPayment(database.db, { ...asked, customerId: stranger });
    expect(await rowOf(id)).toBeUndefined();
    const found = await beginOrFindPayment(database.db, { ...asked, customerId });
    expect(found).toMatchObject({ order: { paying: true }, last: { id, state: 'open' } });
  });

  it('is for what its item is called, where an order from before does not say', async () => {
    const { orderId, customerId } = await hold();
    const id = makePaymentId(sale.eventId, NOW_MS, fillRandom);
    const nameOf = async () =>
      (await beginOrFindPayment(database.db, { id, orderId, customerId, nowMs: NOW_MS }))?.name;
    await database.db.execute(sql`UPDATE orders SET item_name = NULL WHERE id = ${orderId}`);
    expect(await nameOf()).toBe('Lamp');
    await database.db.execute(sql`
      INSERT INTO event_item_texts SELECT event_item_id, '', 'Old lamp', '' FROM orders WHERE id = ${orderId}`);
    expect(await nameOf()).toBe('Old lamp');
  });

  it('is begun once, however many ask at the same time', async () => {
    const { orderId, customerId } = await hold();
    const begun = await Promise.all(
      Array.from({ length: 8 }, () => begin({ orderId, customerId })),
    );
    expect(begun.filter((id) => id !== undefined)).toHaveLength(1);
  });

  it('is not begun by anybody but its customer', async () => {
    const { orderId } = await hold();
    const { customerId } = await hold();
    expect(await begin({ orderId, customerId })).toBeUndefined();
  });

  it('is not begun for a hold that has ended, nor for an order that is not paid online', async () => {
    const { orderId, customerId } = await hold();
    expect(await begin({ orderId, customerId }, NOW_MS + HOLD_MS)).toBeUndefined();
    await database.db.execute(sql`UPDATE orders SET pay_online = false WHERE id = ${orderId}`);
    expect(await begin({ orderId, customerId })).toBeUndefined();
  });

  it('that never got a page makes room for another one', async () => {
    const { orderId, customerId } = await hold();
    const first = await begin({ orderId, customerId });
    if (first === undefined) throw new Error('it was not begun');
    expect(await begin({ orderId, customerId })).toBeUndefined();
    await dropPayment(database.db, first, { reason: 'key_spent', nowMs: NOW_MS });
    expect(await rowOf(first)).toMatchObject({ state: 'released', endReason: 'key_spent' });
    expect(await begin({ orderId, customerId })).toBeDefined();
  });

  it('is given its page, which is ended again where the order waits no more', async () => {
    const { id, sessionId } = await beginWithPage();
    expect(await rowOf(id)).toMatchObject({ sessionId });
    expect(await outboxOf(id)).toEqual([]);
    const late = await hold();
    const lateId = await begin(late);
    if (lateId === undefined) throw new Error('it was not begun');
    await database.db.execute(
      sql`UPDATE orders SET status = 'cancelled', ended_at = now() WHERE id = ${late.orderId}`,
    );
    expect(await writeSession(database.db, lateId, pageOf('cs_late'))).toBe(false);
    expect(await outboxOf(lateId)).toEqual(['release//session waits']);
  });

  it('is looked at for its customer once a second', async () => {
    const { orderId, customerId, id } = await beginWithPage();
    const looks = (nowMs: number) =>
      claimLooks(database.db, { orderId, customerId, nowMs, sinceMs: nowMs - 1_000 });
    expect(await looks(NOW_MS)).toEqual([id]);
    expect(await looks(NOW_MS + 999)).toEqual([]);
    expect(await looks(NOW_MS + 1_000)).toEqual([id]);
  });
});

describe('what the provider has of a payment', () => {
  it('is written whichever answer comes first, and never taken back by an older one', async () => {
    const { id } = await beginWithPage();
    await present(id, { state: 'open', declineReason: 'insufficient_funds' });
    expect(await rowOf(id)).toMatchObject({ state: 'open', declineReason: 'insufficient_funds' });
    await present(id, { state: 'authorised' });
    await present(id, { state: 'open', declineReason: 'insufficient_funds' });
    expect(await rowOf(id)).toMatchObject({
      state: 'authorised',
      declineReason: null,
      providerPaymentId: `pi_${id}`,
      authorisedAt: new Date(NOW_MS),
      endedAt: null,
    });
    await present(id, { state: 'captured', capturedMinor: 1 });
    await present(id, { state: 'authorised' });
    expect(await rowOf(id)).toMatchObject({ state: 'captured', endedAt: new Date(NOW_MS) });
  });

  it('ends it without money for good, where there was a payment', async () => {
    const { id } = await beginWithPage();
    await present(id, { state: 'released', endReason: 'cancelled' });
    await present(id, { state: 'authorised' });
    expect(await rowOf(id)).toMatchObject({ state: 'released', endReason: 'cancelled' });
  });

  it('brings one back that was taken for ended before anybody paid, and was paid', async () => {
    const { orderId, customerId } = await hold();
    const id = await begin({ orderId, customerId });
    if (id === undefined) throw new Error('it was not begun');
    await dropPayment(database.db, id, { reason: 'key_spent', nowMs: NOW_MS });
    await present(id, { state: 'authorised' });
    expect(await rowOf(id)).toMatchObject({ state: 'authorised', endReason: null, endedAt: null });
  });

  it('that lapses is a failure of the order that it confirmed, and of no other', async () => {
    const [other, confirming] = [await beginWithPage(), await beginWithPage()];
    await database.db.execute(sql`UPDATE orders SET status = 'confirmed', ended_at = now(),
      payment_id = ${confirming.id} WHERE id = ${confirming.orderId}`);
    for (const { id } of [other, confirming]) {
      await present(id, { state: 'authorised' });
      await present(id, { state: 'failed', endReason: 'lapsed' });
    }
    expect(await rowOf(other.id)).toMatchObject({ state: 'released', endReason: 'lapsed' });
    expect(await rowOf(confirming.id)).toMatchObject({ state: 'failed', endReason: 'lapsed' });
  });

  it('keeps in mind an amount that is not the order’s', async () => {
    const { id } = await beginWithPage();
    await present(id, { state: 'captured', capturedMinor: 5, isWhole: false });
    expect(await rowOf(id)).toMatchObject({ capturedMinor: 5, endReason: 'amount_differs' });
  });

  it('has what is to be released queued once for each reason', async () => {
    const { id } = await beginWithPage();
    for (const why of ['over', 'over', 'captured']) {
      await queueRelease(database.db, id, { why, nowMs: NOW_MS });
    }
    expect(await outboxOf(id)).toEqual(['release//over waits', 'release//captured waits']);
  });
});

const eventAbout = (sessionId: string): NewPaymentEvent => ({
  eventId: `evt_${sessionId}`,
  kind: 'checkout.session.completed',
  createdAtMs: NOW_MS - 1_000,
  about: { kind: 'session', id: sessionId },
  tellsOfCapture: false,
  nowMs: NOW_MS,
});

async function seeToEventsOf(id: PaymentId): Promise<void> {
  const { events = [] } = (await findPayment(database.db, id)) ?? {};
  await markEventsWorked(database.db, events, NOW_MS);
}

async function waits(eventId: string): Promise<boolean> {
  const { rows } = await database.db.execute<{ waits: boolean }>(
    sql`SELECT worked_at IS NULL AS waits FROM payment_events WHERE id = ${eventId}`,
  );
  return rows[0]?.waits ?? false;
}

describe('an event of the provider', () => {
  it('that comes three times at once is stored and looked at once', async () => {
    const { id, sessionId } = await beginWithPage();
    const event = eventAbout(sessionId);
    await Promise.all([1, 2, 3].map(() => storePaymentEvent(database.db, event)));
    expect(await outboxOf(id)).toEqual([`look/${event.eventId.replace(id, '')} waits`]);
    await seeToEventsOf(id);
    expect(await waits(event.eventId)).toBe(false);
  });

  it('is looked at again where its row was given up, and not where it was worked off', async () => {
    const { id, sessionId } = await beginWithPage();
    const event = eventAbout(sessionId);
    const end = () =>
      database.db.execute(
        sql`UPDATE outbox SET outcome = 'given_up', ended_at = now() WHERE payment_id = ${id}`,
      );
    await storePaymentEvent(database.db, event);
    await end();
    await storePaymentEvent(database.db, event);
    expect(await outboxOf(id)).toEqual([expect.stringContaining('waits')]);
    await end();
    await seeToEventsOf(id);
    await storePaymentEvent(database.db, event);
    expect(await outboxOf(id)).toEqual([expect.stringContaining('given_up')]);
  });

  it('is found with its payment, by the name of its page and by that of the payment', async () => {
    const { id, sessionId } = await beginWithPage();
    await present(id, { state: 'authorised' });
    const ofPage = eventAbout(sessionId);
    const about = { kind: 'payment', id: `pi_${id}` } as const;
    const ofPayment = { ...ofPage, eventId: `evt_pi_${id}`, about };
    for (const event of [ofPage, ofPayment]) await storePaymentEvent(database.db, event);
    for (const { eventId } of [ofPage, ofPayment]) {
      const read = await findPaymentEvent(database.db, eventId);
      expect(read).toMatchObject({
        event: { id: eventId, workedAt: null },
        found: { payment: { id } },
      });
      expect(read?.found?.events.toSorted()).toEqual(
        [ofPage.eventId, ofPayment.eventId].toSorted(),
      );
    }
    await seeToEventsOf(id);
    const after = await findPaymentEvent(database.db, ofPage.eventId);
    expect(after).toMatchObject({ event: { workedAt: new Date(NOW_MS) }, found: { events: [] } });
    await storePaymentEvent(database.db, { ...eventAbout('cs_of_nobody'), eventId: 'evt_foreign' });
    expect(await findPaymentEvent(database.db, 'evt_foreign')).toMatchObject({ found: undefined });
  });

  it('that came before its page was written is kept, and looked at then', async () => {
    const { orderId, customerId } = await hold();
    const id = await begin({ orderId, customerId });
    if (id === undefined) throw new Error('it was not begun');
    const event = eventAbout(`cs_early_${id}`);
    await storePaymentEvent(database.db, event);
    expect(await outboxOf(id)).toEqual([]);
    expect(await waits(event.eventId)).toBe(true);
    await writeSession(database.db, id, pageOf(`cs_early_${id}`));
    expect(await outboxOf(id)).toEqual([expect.stringMatching(/^look\/.*\/known waits$/)]);
  });

  it('that tells of a capture is looked at where that is not written down in full', async () => {
    const { id } = await beginWithPage();
    await present(id, { state: 'authorised' });
    const about = { kind: 'payment', id: `pi_${id}` } as const;
    const told = { ...eventAbout(id), about, tellsOfCapture: true };
    const keys: string[] = [];
    const tell = async (eventId: string, tellsOfCapture = true) => {
      await storePaymentEvent(database.db, { ...told, eventId, tellsOfCapture });
      keys.push(`${eventId} ${(await waits(eventId)) ? 'waits' : 'worked'}`);
    };
    await tell('evt_before');
    await present(id, { state: 'captured', capturedMinor: 1 });
    await tell('evt_part');
    const { amountMinor = 0 } = (await rowOf(id)) ?? {};
    await present(id, { state: 'captured', capturedMinor: amountMinor });
    await tell('evt_whole');
    await tell('evt_refund', false);
    expect(keys).toEqual([
      'evt_before waits',
      'evt_part waits',
      'evt_whole worked',
      'evt_refund waits',
    ]);
    expect(await outboxOf(id)).toEqual([
      'look/evt_before waits',
      'release//taken waits',
      'look/evt_part waits',
      'look/evt_refund waits',
    ]);
  });

  it('about neither a page nor a payment is stored and needs no look', async () => {
    const event = { ...eventAbout('cs_none'), eventId: 'evt_none', about: undefined };
    await storePaymentEvent(database.db, event);
    expect(await waits('evt_none')).toBe(false);
    const { rows } = await database.db.execute(
      sql`SELECT 1 FROM outbox WHERE key = 'look/evt_none'`,
    );
    expect(rows).toEqual([]);
  });
});
