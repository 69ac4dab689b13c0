/** What shoppers were promised, kept through what happens around the purchase. */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { settleGroup } from '../../sale/ledger/ledger.ts';
import { hold, pass, reserve, settle, stockOf } from '../../testing/purchases.ts';
import {
  call,
  deps,
  HOLD_MS,
  makeEvent,
  makeShopper,
  makeShoppers,
  readIntegrity,
  shopEnv,
} from '../../testing/shop.ts';

/** On a machine that is busy with something else. */
const SOON = { timeout: 20_000 };

afterEach(() => {
  vi.useRealTimers();
});

describe('the price', () => {
  it('at the hold is the price confirmed, whatever is edited in between', async () => {
    const { eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    const order = await hold(shopper, eventItemId);
    await deps.stores.db.execute(
      sql`UPDATE event_items SET price_cents = 1 WHERE id = ${eventItemId}`,
    );
    const confirmed = await settle(shopper, order, 'confirm');
    expect(await confirmed.json()).toMatchObject({ order: { unitPriceCents: 1_999 } });
  });
});

describe('the limit', () => {
  it('lets a shopper buy again after giving back, and after a hold has ended', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ limitPerCustomer: 1 });
    const shopper = await makeShopper();
    await settle(shopper, await hold(shopper, eventItemId), 'cancel');
    await hold(shopper, eventItemId);
    pass(HOLD_MS);
    const last = await hold(shopper, eventItemId);
    expect((await settle(shopper, last, 'confirm')).status).toBe(200);
    const more = await reserve(shopper, eventItemId);
    expect(await more.json()).toMatchObject({ code: 'limit_reached', held: 0, bought: 1 });
    expect(await stockOf(eventId)).toMatchObject({ held: 0, sold: 1 });
  });
});

describe('a unit', () => {
  it('comes back once when a hold is cancelled after it has ended', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ stock: 2 });
    const shopper = await makeShopper();
    const order = await hold(shopper, eventItemId);
    pass(HOLD_MS);
    const late = await settle(shopper, order, 'cancel');
    expect(await late.json()).toMatchObject({ code: 'hold_expired' });
    expect(await stockOf(eventId)).toEqual({ total: 2, remaining: 2, held: 0, sold: 0 });
  });

  it('is freed once when the alarm comes twice', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ stock: 2 });
    await hold(await makeShopper(), eventItemId);
    const sale = shopEnv.SALES.getByName(eventId);
    pass(HOLD_MS);
    expect(await runDurableObjectAlarm(sale)).toBe(true);
    await Promise.all([sale.tidy(), sale.tidy()]);
    expect((await readIntegrity(eventId)).items).toMatchObject([{ remaining: 2, held: 0 }]);
  });

  it('taken behind the object’s back is not sold by it, however fresh its picture', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 2 });
    const [first, second, third] = await makeShoppers(3);
    if (!first || !second || !third) throw new Error('three shoppers were asked for');
    // Now the object has seen one free unit; another writer takes it.
    await hold(first, eventItemId);
    await settleGroup(deps.stores.db, eventId, {
      nowMs: Date.now(),
      attempts: [
        {
          kind: 'reserve',
          eventItemId,
          customerId: second.user.id,
          sessionEpoch: 0,
          quantity: 1,
          key: null,
          orderId: `${(await hold(first, eventItemId)).id.slice(0, -2)}zz` as never,
          atMs: Date.now(),
        },
      ],
    });
    expect(await (await reserve(third, eventItemId)).json()).toMatchObject({
      code: 'sold_out',
      stock: { total: 2, remaining: 0, held: 2, sold: 0 },
    });
    expect(await stockOf(eventId)).toMatchObject({ remaining: 0, held: 2 });
  });
});

describe('the opening', () => {
  it('needs no alarm, no sweep and no visitor to happen on time', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const opensAtMs = Date.now() + 3_600_000;
    const startsAt = new Date(opensAtMs).toISOString();
    const endsAt = new Date(opensAtMs + 3_600_000).toISOString();
    const { eventId, eventItemId } = await makeEvent({ startsAt, endsAt });
    vi.setSystemTime(opensAtMs);
    expect(await (await call('GET', `/events/${eventId}`)).json()).toMatchObject({
      status: 'live',
    });
    await hold(await makeShopper(), eventItemId);
  });
});

describe('sold out', () => {
  it('is said at the edge for a moment only, and not once a unit has come back', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ stock: 1 });
    const [holder, ...others] = await makeShoppers(6);
    if (!holder) throw new Error('shoppers were asked for');
    const order = await hold(holder, eventItemId);
    for (const other of others.slice(0, 4)) {
      expect((await reserve(other, eventItemId)).status).toBe(409);
    }
    await settle(holder, order, 'cancel');
    pass(1_000);
    expect((await reserve(others[4] ?? holder, eventItemId)).status).toBe(201);
    expect(await stockOf(eventId)).toMatchObject({ held: 1 });
  });

  it('is never said to somebody who repeats a request that was granted', async () => {
    const { eventItemId } = await makeEvent({ stock: 1 });
    const [holder, ...others] = await makeShoppers(8);
    if (!holder) throw new Error('shoppers were asked for');
    expect((await reserve(holder, eventItemId, 'key')).status).toBe(201);
    for (const other of others) expect((await reserve(other, eventItemId)).status).toBe(409);
    const again = await reserve(holder, eventItemId, 'key');
    expect(again.status).toBe(201);
    expect(again.headers.get('Idempotent-Replayed')).toBe('true');
  });

  it('is counted for the administration, whether the object said it or the edge', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ stock: 1 });
    const [holder, again, ...others] = await makeShoppers(8);
    if (!holder || !again) throw new Error('shoppers were asked for');
    await hold(holder, eventItemId);
    for (const other of others) expect((await reserve(other, eventItemId)).status).toBe(409);
    // The edge tells with its next call, and the object writes once in a while.
    pass(3_000);
    expect((await reserve(again, eventItemId)).status).toBe(409);
    const counted = sql`SELECT code, count FROM event_refusals WHERE event_id = ${eventId}`;
    const wanted = [{ code: 'sold_out', count: String(others.length + 1) }];
    const isCounted = async () =>
      expect((await deps.stores.db.execute(counted)).rows).toEqual(wanted);
    await vi.waitFor(isCounted, SOON);
  });
});
