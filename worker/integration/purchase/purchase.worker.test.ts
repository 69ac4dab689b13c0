import { abortAllDurableObjects, runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OrderAnswer, OrderHistory } from '../../contract/orders.ts';
import type { Problem } from '../../contract/problems.ts';
import { RATE_BURST } from '../../sale/rules/rate-limiter.ts';
import { hold, pass, reserve, settle, stockOf } from '../../testing/purchases.ts';
import {
  call,
  HOLD_MS,
  makeEvent,
  makeShopper,
  makeShoppers,
  readEvent,
  readIntegrity,
  shopEnv,
} from '../../testing/shop.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('a sale', () => {
  it('sells exactly what it has to many who want it at once, and tells the rest the truth', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 10 });
    const shoppers = await makeShoppers(60);
    const answers = await Promise.all(shoppers.map((shopper) => reserve(shopper, eventItemId)));
    const refused = answers.filter(({ status }) => status === 409);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(10);
    expect(refused).toHaveLength(50);
    for (const response of refused) {
      const problem = await response.json<Problem>();
      expect(problem).toMatchObject({
        code: 'sold_out',
        stock: { total: 10, remaining: 0, held: 10, sold: 0 },
        nextReleaseAt: expect.any(String),
      });
    }
    expect(await stockOf(eventId)).toEqual({ total: 10, remaining: 0, held: 10, sold: 0 });
  });

  it('gives one hold to a shopper who clicks fifty times', async () => {
    // All in one moment, however busy the machine: a later click would have earned another try.
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ stock: 10 });
    const shopper = await makeShopper();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => reserve(shopper, eventItemId, 'one-click')),
    );
    const granted = answers.filter(({ status }) => status === 201);
    const orders = await Promise.all(granted.map((answer) => answer.json<OrderAnswer>()));
    expect(granted).toHaveLength(RATE_BURST);
    expect(new Set(orders.map(({ order }) => order.id)).size).toBe(1);
    const replayed = granted.filter(({ headers }) => headers.get('Idempotent-Replayed') === 'true');
    expect(replayed).toHaveLength(RATE_BURST - 1);
    const slowed = answers.filter(({ status }) => status === 429);
    expect(slowed).toHaveLength(50 - RATE_BURST);
    expect(slowed[0]?.headers.get('Retry-After')).toBe('1');
    expect(await slowed[0]?.json()).toMatchObject({ code: 'rate_limited' });
    expect(await stockOf(eventId)).toMatchObject({ remaining: 9, held: 1 });
  });

  it('counts held units against the limit, from however many tabs', async () => {
    const { eventId, eventItemId } = await makeEvent({ limitPerCustomer: 1 });
    const shopper = await makeShopper();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, tab) => reserve(shopper, eventItemId, `tab-${tab}`)),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const refused = answers.find(({ status }) => status === 403);
    const others = answers.filter(({ status }) => status !== 201);
    expect(others.every(({ status }) => status === 403 || status === 429)).toBe(true);
    expect(await refused?.json()).toMatchObject({
      code: 'limit_reached',
      limit: 1,
      held: 1,
      bought: 0,
    });
    expect(await stockOf(eventId)).toMatchObject({ held: 1 });
  });

  it('grants a quantity whole or not at all', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 3, limitPerCustomer: 5 });
    const [greedy, modest] = await makeShoppers(2);
    if (!greedy || !modest) throw new Error('two shoppers were asked for');
    const path = `/purchase/${eventItemId}`;
    const four = await call('POST', path, { token: greedy.token, body: { quantity: 4 } });
    expect(four.status).toBe(409);
    const three = await call('POST', path, { token: modest.token, body: { quantity: 3 } });
    expect(await three.json()).toMatchObject({ order: { quantity: 3, unitPriceCents: 1_999 } });
    expect(await stockOf(eventId)).toMatchObject({ remaining: 0, held: 3 });
  });

  it('lets a shopper resume their hold when they come back without a key', async () => {
    const { eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    const first = await hold(shopper, eventItemId);
    const again = await hold(shopper, eventItemId);
    expect(again).toEqual(first);
  });

  it('refuses a key that was used for something else', async () => {
    const [one, two] = [await makeEvent(), await makeEvent()];
    const shopper = await makeShopper();
    expect((await reserve(shopper, one.eventItemId, 'key')).status).toBe(201);
    const reused = await reserve(shopper, two.eventItemId, 'key');
    expect(reused.status).toBe(422);
    expect(await reused.json()).toMatchObject({ code: 'idempotency_key_reused' });
  });

  it('opens and closes to the millisecond by the clock of the event’s object', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const opensAtMs = Date.now() + 60_000;
    const startsAt = new Date(opensAtMs).toISOString();
    const endsAt = new Date(opensAtMs + 60_000).toISOString();
    const { eventItemId } = await makeEvent({ startsAt, endsAt });
    const shopper = await makeShopper();
    vi.setSystemTime(opensAtMs - 1);
    expect(await (await reserve(shopper, eventItemId)).json()).toMatchObject({
      code: 'not_open',
      opensAt: startsAt,
    });
    vi.setSystemTime(opensAtMs);
    expect((await reserve(shopper, eventItemId)).status).toBe(201);
    vi.setSystemTime(opensAtMs + 60_000);
    const late = await reserve(await makeShopper(), eventItemId);
    expect(await late.json()).toMatchObject({ code: 'closed' });
  });
});

describe('a hold', () => {
  it('is confirmed once, however often it is asked for', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    const order = await hold(shopper, eventItemId);
    const answers = await Promise.all([1, 2, 3].map(() => settle(shopper, order, 'confirm')));
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ order: { ...order, status: 'confirmed' } });
    }
    expect(await stockOf(eventId)).toEqual({ total: 10, remaining: 9, held: 0, sold: 1 });
  });

  it('gives its unit back once, however often it is cancelled, and the next shopper gets it', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 1 });
    const [first, second] = await makeShoppers(2);
    if (!first || !second) throw new Error('two shoppers were asked for');
    const order = await hold(first, eventItemId);
    expect((await reserve(second, eventItemId)).status).toBe(409);
    for (let n = 0; n < 2; n++) expect((await settle(first, order, 'cancel')).status).toBe(200);
    expect((await readEvent(eventId)).status).toBe('live');
    await hold(second, eventItemId);
    const late = await settle(first, order, 'confirm');
    expect(await late.json()).toMatchObject({ status: 409, code: 'order_cancelled' });
    expect(await stockOf(eventId)).toMatchObject({ remaining: 0, held: 1 });
  });

  it('cannot be cancelled once it is confirmed', async () => {
    const { eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    const order = await hold(shopper, eventItemId);
    await settle(shopper, order, 'confirm');
    const cancelled = await settle(shopper, order, 'cancel');
    expect(await cancelled.json()).toMatchObject({ status: 409, code: 'order_confirmed' });
  });

  it('is expired by the alarm with no traffic at all, and twice changes nothing', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    await hold(shopper, eventItemId);
    const sale = shopEnv.SALES.getByName(eventId);
    pass(HOLD_MS);
    expect(await runDurableObjectAlarm(sale)).toBe(true);
    const orders = await call('GET', '/profile/orders', { token: shopper.token });
    expect((await orders.json<OrderHistory>()).orders[0]?.status).toBe('expired');
    expect((await readIntegrity(eventId)).items[0]?.recounted).toEqual({ held: 0, sold: 0 });
    await sale.tidy();
    expect(await stockOf(eventId)).toEqual({ total: 10, remaining: 10, held: 0, sold: 0 });
  });

  it('that has ended counts as free before any alarm has fired', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ stock: 1 });
    const [first, second] = await makeShoppers(2);
    if (!first || !second) throw new Error('two shoppers were asked for');
    await hold(first, eventItemId);
    pass(HOLD_MS);
    expect(await stockOf(eventId)).toEqual({ total: 1, remaining: 1, held: 0, sold: 0 });
    await hold(second, eventItemId);
  });

  it('can be confirmed late while a unit is free, and not once it is gone', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ stock: 1 });
    const [first, second] = await makeShoppers(2);
    if (!first || !second) throw new Error('two shoppers were asked for');
    const early = await hold(first, eventItemId);
    pass(HOLD_MS);
    const later = await hold(second, eventItemId);
    const gone = await settle(first, early, 'confirm');
    expect(await gone.json()).toMatchObject({ status: 409, code: 'hold_expired' });
    pass(HOLD_MS);
    expect((await settle(second, later, 'confirm')).status).toBe(200);
    expect(await stockOf(eventId)).toEqual({ total: 1, remaining: 0, held: 0, sold: 1 });
  });

  it('outlives the object that granted it', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    const order = await hold(shopper, eventItemId);
    await abortAllDurableObjects();
    const confirmed = await settle(shopper, order, 'confirm');
    expect(confirmed.status).toBe(200);
    expect(await stockOf(eventId)).toMatchObject({ held: 0, sold: 1 });
  });

  it('keeps its price and its end, whatever happens to it', async () => {
    const { eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    const order = await hold(shopper, eventItemId);
    await hold(shopper, eventItemId);
    const confirmed = await (await settle(shopper, order, 'confirm')).json<OrderAnswer>();
    expect(confirmed.order).toEqual({ ...order, status: 'confirmed' });
  });
});
