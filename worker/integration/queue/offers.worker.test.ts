/** Offers that reach whoever waits, without a request of theirs, and what can be read of a queue. */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EventId } from '../../contract/ids.ts';
import type { Order, OrderAnswer, OrderHistory } from '../../contract/orders.ts';
import type { EventQueue, OwnQueue, QueueEntry, QueueEntryAnswer } from '../../contract/queue.ts';
import { PUBLISHED_AFTER_MS } from '../../draw/draw-event.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { hold, pass, reserve, settle } from '../../testing/purchases.ts';
import { enter, enterQueue, leaveQueue, readEntry } from '../../testing/queue.ts';
import {
  call,
  makeEvent,
  makeShopper,
  makeShoppers,
  type Shopper,
  shopEnv,
} from '../../testing/shop.ts';
import { makeDraw } from '../../testing/waiting.ts';

const HOLD_MS = 300_000;

afterEach(() => {
  vi.useRealTimers();
});

/** A sale of some units that are all held, and shoppers who do not wait yet. */
async function soldOut(shoppers: number, wanted: Parameters<typeof makeEvent>[0] = {}) {
  const event = await makeEvent({ stock: 1, holdSeconds: HOLD_MS / 1_000, ...wanted });
  const holder = await makeShopper();
  const order = await hold(holder, event.eventItemId);
  return { ...event, holder, order, others: await makeShoppers(shoppers) };
}

/** The event's alarm goes off, as it would by itself. */
async function alarm(eventId: EventId): Promise<void> {
  expect(await runDurableObjectAlarm(shopEnv.SALES.getByName(eventId))).toBe(true);
}

async function ordersIn({ token }: Shopper, eventId: EventId): Promise<OrderHistory['orders']> {
  const answer = await call('GET', `/profile/orders?eventId=${eventId}`, { token });
  return (await answer.json<OrderHistory>()).orders;
}

async function ownQueue({ token }: Shopper, query = ''): Promise<OwnQueue> {
  const answer = await call('GET', `/profile/queue${query}`, { token });
  expect(answer.status).toBe(200);
  return answer.json<OwnQueue>();
}

async function readQueue(eventId: EventId): Promise<EventQueue> {
  const answer = await call('GET', `/events/${eventId}/queue`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('Cache-Control')).toContain('max-age=1');
  return answer.json<EventQueue>();
}

describe('a unit that is given back', () => {
  it('is offered to whoever waits longest, as an order that names the entry', async () => {
    const { eventId, eventItemId, holder, order, others } = await soldOut(2);
    const [first, second] = others;
    if (!first || !second) throw new Error('nobody waits');
    const entry = await enter(first, eventItemId);
    const behind = await enter(second, eventItemId);
    expect((await settle(holder, order, 'cancel')).status).toBe(200);

    const offered = await readEntry(first, entry);
    expect(offered).toMatchObject({ status: 'offered', ahead: null, outlook: 'unknown' });
    const [offer] = await ordersIn(first, eventId);
    if (!offer) throw new Error('nothing was offered');
    expect(offer).toMatchObject({ id: offered.orderId, status: 'pending', entryId: entry.id });
    expect(Date.parse(offer.expiresAt) - Date.parse(offer.reservedAt)).toBe(600_000);
    expect((await readEntry(second, behind)).ahead).toEqual({ entries: 0, units: 0 });

    // While it is pending it is what entering gives again.
    const again = await enterQueue(first, eventItemId);
    expect(again.status).toBe(200);
    expect((await again.json<QueueEntryAnswer>()).entry).toEqual(offered);
    const confirmed = await settle(first, offer, 'confirm');
    expect(confirmed.status).toBe(200);
    const { order: bought } = await confirmed.json<OrderAnswer>();
    expect(bought).toMatchObject({ status: 'confirmed', entryId: entry.id });
    await expectProblem(await leaveQueue(first, entry), 409, 'order_confirmed');
  });

  it('goes on to the next one where its offer is left', async () => {
    const { eventId, eventItemId, holder, order, others } = await soldOut(2);
    const [first, second] = others;
    if (!first || !second) throw new Error('nobody waits');
    const entry = await enter(first, eventItemId);
    const behind = await enter(second, eventItemId);
    await settle(holder, order, 'cancel');
    const left = await leaveQueue(first, entry);
    expect(left.status).toBe(200);
    expect((await left.json<QueueEntryAnswer>()).entry.status).toBe('offered');
    expect(await ordersIn(first, eventId)).toMatchObject([{ status: 'cancelled' }]);
    expect((await readEntry(second, behind)).status).toBe('offered');
  });

  it('by a hold that ends is offered by the alarm, with no request of anybody', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId, order, holder, others } = await soldOut(1);
    const [shopper] = others;
    if (!shopper) throw new Error('nobody waits');
    const entry = await enter(shopper, eventItemId);
    pass(HOLD_MS);
    await alarm(eventId);
    const now = await readEntry(shopper, entry);
    expect(now.status).toBe('offered');
    const [offer] = await ordersIn(shopper, eventId);
    expect(offer).toMatchObject({ id: now.orderId, status: 'pending' });
    await expectProblem(await settle(holder, order, 'confirm'), 409, 'hold_expired');
  });

  it('is smaller than the wish where no more is free, and never below the minimum', async () => {
    const { eventId, eventItemId, holder, order, others } = await soldOut(2, {
      limitPerCustomer: 3,
    });
    const [large, small] = others;
    if (!large || !small) throw new Error('nobody waits');
    const passed = await enter(large, eventItemId, { quantity: 3, minQuantity: 2 });
    expect(passed.outlook).toBe('impossible');
    const served = await enter(small, eventItemId, { quantity: 2 });
    expect(served.ahead).toEqual({ entries: 1, units: 3 });
    await settle(holder, order, 'cancel');
    expect((await readEntry(large, passed)).status).toBe('waiting');
    expect((await readEntry(small, served)).status).toBe('offered');
    expect(await ordersIn(small, eventId)).toMatchObject([{ quantity: 1 }]);
  });

  it('that is reserved has no entry', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    const answer = await reserve(shopper, eventItemId);
    const { order } = await answer.json<OrderAnswer>();
    expect(order.entryId).toBeNull();
    const [listed]: Order[] = await ordersIn(shopper, eventId);
    expect(listed?.entryId).toBeNull();
  });
});

describe('one’s own entries', () => {
  it('are listed newest first, page by page, and by event', async () => {
    const shopper = await makeShopper();
    const sales = [await soldOut(0), await soldOut(0), await soldOut(0)];
    const entries: QueueEntry[] = [];
    for (const { eventItemId } of sales) entries.push(await enter(shopper, eventItemId));
    const newest = entries.toReversed().map(({ id }) => id);
    const all = await ownQueue(shopper);
    expect(all.entries.map(({ id }) => id)).toEqual(newest);
    expect(all.nextCursor).toBeNull();
    const texts = { eventTitle: 'A sale', itemName: 'Lamp', variantLabel: null };
    expect(all.entries.at(-1)).toEqual({ ...entries[0], ...texts });

    const first = await ownQueue(shopper, '?limit=2');
    expect(first.entries.map(({ id }) => id)).toEqual(newest.slice(0, 2));
    const next = await ownQueue(shopper, `?limit=2&cursor=${first.nextCursor}`);
    expect(next.entries.map(({ id }) => id)).toEqual(newest.slice(2));
    expect(next.nextCursor).toBeNull();

    const ofOne = await ownQueue(shopper, `?eventId=${sales[1]?.eventId}`);
    expect(ofOne.entries.map(({ id }) => id)).toEqual([entries[1]?.id]);
    expect((await ownQueue(await makeShopper())).entries).toEqual([]);
  });
});

describe('the queue of an event', () => {
  it('says for each item who waits and how far it was served', async () => {
    const { eventId, eventItemId, holder, order, others } = await soldOut(2, {
      limitPerCustomer: 2,
    });
    const [first, second] = others;
    if (!first || !second) throw new Error('nobody waits');
    await enter(first, eventItemId);
    await enter(second, eventItemId, { quantity: 2 });
    await settle(holder, order, 'cancel');
    const served = { waiting: 1, waitingUnits: 2, servedRank: 1, offers: 1 };
    expect(await readQueue(eventId)).toMatchObject({
      items: [{ eventItemId, ...served }],
      drawn: true,
      drawnAt: null,
      seed: null,
    });
  });

  it('is no one’s to read where the event is not public', async () => {
    const { eventId } = await makeEvent({ published: false });
    await expectProblem(await call('GET', `/events/${eventId}/queue`), 404, 'not_found');
  });
});

describe('a draw', () => {
  it('is drawn and served by the event itself, and can be checked', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const startsAtMs = Math.ceil(Date.now() / 3_000) * 3_000 + 60_000;
    const { eventId, eventItemId } = await makeDraw({
      startsAt: new Date(startsAtMs).toISOString(),
      stock: 2,
    });
    const shoppers = await makeShoppers(5);
    const entries: QueueEntry[] = [];
    for (const shopper of shoppers) entries.push(await enter(shopper, eventItemId));
    expect(entries[4]).toMatchObject({ seq: 5, rank: null, ahead: null, outlook: 'unknown' });
    expect(await readQueue(eventId)).toMatchObject({
      items: [{ waiting: 5, waitingUnits: 5, servedRank: 0, offers: 0 }],
      drawn: false,
      drawnAt: null,
    });

    // Entries close five seconds before the opening: whoever comes later has a rank, behind all.
    pass(startsAtMs - 5_000 - Date.now());
    await alarm(eventId);
    const late = await makeShopper();
    const behind = await enter(late, eventItemId);
    expect(behind).toMatchObject({ seq: 6, rank: 6 });
    const early = await reserve(late, eventItemId);
    await expectProblem(early, 409, 'not_open');

    pass(5_000);
    const ahead = await reserve(await makeShopper(), eventItemId);
    expect(ahead.status).toBe(409);
    const drawAt = new Date(startsAtMs).toISOString();
    expect(await ahead.json()).toMatchObject({
      code: 'queue_ahead',
      queue: { waiting: 6, waitingUnits: 6, drawAt },
    });
    pass(PUBLISHED_AFTER_MS);
    await alarm(eventId);
    const isDrawn = async () => expect((await readEntry(late, behind)).ahead?.entries).toBe(3);
    await vi.waitFor(isDrawn, { timeout: 20_000 });

    const drawn = await Promise.all(
      shoppers.map(async (shopper, n) => readEntry(shopper, { id: entries[n]?.id ?? '' })),
    );
    expect(drawn.map(({ rank }) => rank).toSorted((a, b) => Number(a) - Number(b))).toEqual([
      1, 2, 3, 4, 5,
    ]);
    for (const { rank, status, ahead: before } of drawn) {
      expect(status).toBe(rank !== null && rank <= 2 ? 'offered' : 'waiting');
      const entriesBefore = status === 'waiting' ? Number(rank) - 3 : undefined;
      expect(before?.entries).toBe(entriesBefore);
    }
    await vi.waitFor(async () => expect((await readQueue(eventId)).drawn).toBe(true));
    const queue = await readQueue(eventId);
    expect(queue.items).toMatchObject([{ waiting: 4, servedRank: 2, offers: 2 }]);
    const ranked = drawn.toSorted((a, b) => Number(a.rank) - Number(b.rank));
    const scores = await Promise.all(ranked.map(({ id }) => scoreOf(id, queue.seed ?? '')));
    expect(queue.items[0]?.steps?.map(({ score }) => score)).toEqual(scores);
    expect(scores).toEqual(scores.toSorted());
    expect(queue.seed).toMatch(/^[0-9a-f]{64}$/);
  });
});

/** HMAC-SHA-256 of the entry's id, as anybody would compute it. */
async function scoreOf(id: string, seed: string): Promise<string> {
  const bytes = Uint8Array.from(seed.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const hash = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytes, hash, false, ['sign']);
  const signed = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(id));
  return Buffer.from(signed).toString('hex');
}
