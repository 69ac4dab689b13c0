/** What admins may still do with an event in whose queue somebody is, and whom it reaches. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { appWith } from '../../testing/apps.ts';
import { pass, reserve } from '../../testing/purchases.ts';
import { deps, makeItem, makeShopper } from '../../testing/shop.ts';
import { entryOf, makeDraw, makeWaitlist, ordersOf, wait } from '../../testing/waiting.ts';

const HOUR_MS = 3_600_000;

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

afterEach(() => {
  vi.useRealTimers();
});

/** What an edit sends that changes nothing. */
async function readPlan(eventId: string) {
  const event = await (await admin.call('GET', `/events/${eventId}`)).json<AdminEvent>();
  return {
    title: event.title,
    description: event.description,
    currency: event.currency,
    startsAt: event.planned.startsAt,
    endsAt: event.planned.endsAt,
    timeZone: event.timeZone,
    published: event.published,
    holdSeconds: event.holdSeconds,
    requireVerifiedEmail: event.requireVerifiedEmail,
    oneLimitPerMailbox: event.oneLimitPerMailbox,
    admission: event.admission,
    waitlist: event.waitlist,
    offerSeconds: event.offerSeconds,
    items: event.items.map(({ itemId, priceCents, stock, limitPerCustomer }) => ({
      itemId,
      priceCents,
      stock: stock.total,
      limitPerCustomer,
    })),
  };
}

type Plan = Awaited<ReturnType<typeof readPlan>>;

function withItem({ items, ...plan }: Plan, change: object) {
  return { ...plan, items: items.map((item) => ({ ...item, ...change })) };
}

describe('once somebody has entered', () => {
  const PROMISED: [string, (plan: Plan) => object][] = [
    ['a price', (plan) => withItem(plan, { priceCents: 1 })],
    ['less stock', (plan) => withItem(plan, { stock: 9 })],
    ['a lower limit', (plan) => withItem(plan, { limitPerCustomer: 1 })],
    ['another start', (plan) => ({ ...plan, startsAt: inFuture(2 * HOUR_MS) })],
    ['an earlier end', (plan) => ({ ...plan, endsAt: inFuture(1.5 * HOUR_MS) })],
    ['a shorter offer', (plan) => ({ ...plan, offerSeconds: 60 })],
    ['a shorter hold', (plan) => ({ ...plan, holdSeconds: 9 })],
    ['another currency', (plan) => ({ ...plan, currency: 'DKK' })],
    ['first come', (plan) => ({ ...plan, admission: 'first_come' })],
    ['no waitlist', (plan) => ({ ...plan, waitlist: false })],
    ['no publication', (plan) => ({ ...plan, published: false })],
    ['another zone', (plan) => ({ ...plan, timeZone: 'Europe/Copenhagen' })],
    ['no items of before', (plan) => ({ ...plan, items: [] })],
  ];

  it('a draw keeps what was promised, whatever of it an edit changes', async () => {
    const { eventId, eventItemId } = await makeDraw({ limitPerCustomer: 2 });
    await wait(await makeShopper(), eventItemId);
    const plan = await readPlan(eventId);
    const other = { itemId: await makeItem(), priceCents: 1, stock: 1, limitPerCustomer: 1 };
    for (const [what, change] of PROMISED) {
      const changed = change(plan) as Plan;
      const body = what === 'no items of before' ? { ...changed, items: [other] } : changed;
      await expectProblem(await admin.call('PUT', `/events/${eventId}`, body), 409, 'has_entries');
    }
    const more = { ...plan, items: [...plan.items, other] };
    await expectProblem(await admin.call('PUT', `/events/${eventId}`, more), 409, 'has_entries');
    expect(await readPlan(eventId)).toEqual(plan);
    expect(await admin.auditOf(eventId)).toHaveLength(1);
  });

  it('a draw can be given texts, a later end, more stock and a higher limit', async () => {
    const { eventId, eventItemId } = await makeDraw();
    await wait(await makeShopper(), eventItemId);
    const before = await (await admin.call('GET', `/events/${eventId}`)).json<AdminEvent>();
    expect(before.hasEntries).toBe(true);
    const plan = await readPlan(eventId);
    const more = {
      ...withItem(plan, { stock: 12, limitPerCustomer: 3 }),
      title: 'A better name',
      description: 'More words',
      endsAt: inFuture(48 * HOUR_MS),
    };
    const answer = await admin.call('PUT', `/events/${eventId}`, more);
    expect(answer.status).toBe(200);
    expect(await readPlan(eventId)).toEqual(more);
    const { entriesCloseAt } = await answer.json<AdminEvent>();
    expect(entriesCloseAt).toBe(before.entriesCloseAt);
  });

  it('an open sale can be given more too, and what is added is offered at once', async () => {
    const { eventId, waiter, entry } = await makeWaitlist();
    const plan = await readPlan(eventId);
    const edited = await admin.call('PUT', `/events/${eventId}`, withItem(plan, { stock: 2 }));
    expect(edited.status).toBe(200);
    expect((await edited.json<AdminEvent>()).items[0]).toMatchObject({
      stock: { total: 2, remaining: 0, held: 2 },
      queue: { waiting: 0, offers: 1 },
    });
    expect(await ordersOf(waiter, eventId)).toMatchObject([
      { status: 'pending', entryId: entry.id },
    ]);
  });

  it('a sale that is over is edited no more', async () => {
    const { eventId } = await makeWaitlist();
    const plan = await readPlan(eventId);
    expect((await admin.call('POST', `/events/${eventId}/close`)).status).toBe(200);
    const answer = await admin.call('PUT', `/events/${eventId}`, { ...plan, title: 'Late' });
    await expectProblem(answer, 409, 'event_not_locked');
  });

  it('stock is never lowered', async () => {
    const { eventId, eventItemId } = await makeDraw();
    const path = `/events/${eventId}/items/${eventItemId}/stock`;
    expect((await admin.call('PUT', path, { total: 5 })).status).toBe(200);
    await wait(await makeShopper(), eventItemId);
    await expectProblem(await admin.call('PUT', path, { total: 4 }), 409, 'has_entries');
    expect((await admin.call('PUT', path, { total: 5 })).status).toBe(200);
    expect((await admin.call('PUT', path, { total: 6 })).status).toBe(200);
  });
});

describe('a draw', () => {
  it('that would leave no time to enter is refused', async () => {
    const plan = await readPlan((await makeDraw()).eventId);
    const soon = { ...plan, startsAt: inFuture(4_000) };
    const refused = await admin.call('POST', '/events', soon);
    expect(await refused.clone().json()).toMatchObject({ errors: [{ path: 'startsAt' }] });
    await expectProblem(refused, 400, 'malformed');
    const made = await admin.call('POST', '/events', { ...plan, startsAt: inFuture(60_000) });
    const { startsAt, entriesCloseAt } = await made.json<AdminEvent>();
    expect(Date.parse(startsAt) - Date.parse(entriesCloseAt ?? '')).toBe(5_000);
  });

  it('closes its entries earlier or later with its start', async () => {
    const { eventId } = await makeDraw();
    const startsAt = inFuture(3 * HOUR_MS);
    const plan = { ...(await readPlan(eventId)), startsAt };
    const edited = await (await admin.call('PUT', `/events/${eventId}`, plan)).json<AdminEvent>();
    expect(edited.entriesCloseAt).toBe(new Date(Date.parse(startsAt) - 5_000).toISOString());
  });

  it('is not opened by hand, whether or not somebody has entered', async () => {
    const { eventId, eventItemId } = await makeDraw();
    const open = () => admin.call('POST', `/events/${eventId}/open`);
    await expectProblem(await open(), 409, 'not_open');
    await wait(await makeShopper(), eventItemId);
    await expectProblem(await open(), 409, 'has_entries');
    const event = await (await admin.call('GET', `/events/${eventId}`)).json<AdminEvent>();
    expect(event).toMatchObject({ status: 'locked', openedAt: null });
  });

  it('that was closed by hand before it was drawn is not opened again', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId } = await makeDraw();
    await admin.call('POST', `/events/${eventId}/close`);
    await expectProblem(await admin.call('POST', `/events/${eventId}/open`), 409, 'not_open');
    pass(2 * HOUR_MS);
    await expectProblem(await admin.call('POST', `/events/${eventId}/open`), 409, 'event_ended');
  });

  it('in which nobody is can have items taken out and its time moved, also after its lock', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeDraw();
    pass(HOUR_MS - 4_000);
    await deps.sale.expireDue(eventId);
    const path = `/events/${eventId}/items/${eventItemId}/stock`;
    expect((await admin.call('PUT', path, { total: 7 })).status).toBe(200);
    const other = { itemId: await makeItem(), priceCents: 1, stock: 1, limitPerCustomer: 1 };
    const startsAt = inFuture(HOUR_MS);
    const plan = { ...(await readPlan(eventId)), startsAt, items: [other] };
    const edited = await admin.call('PUT', `/events/${eventId}`, plan);
    expect(edited.status).toBe(200);
    const [item] = (await edited.json<AdminEvent>()).items;
    if (item === undefined) throw new Error('it has an item');
    expect(await wait(await makeShopper(), item.id)).toMatchObject({ seq: 1, rank: null });
  });
});

describe('what is changed outside of the line', () => {
  it('reaches who waits: units that are added are theirs, without anybody’s request', async () => {
    const { eventId, eventItemId, waiter, entry } = await makeWaitlist();
    const path = `/events/${eventId}/items/${eventItemId}/stock`;
    const answer = await admin.call('PUT', path, { total: 2 });
    expect((await answer.json<AdminEvent>()).items[0]).toMatchObject({
      stock: { remaining: 0, held: 2 },
      queue: { waiting: 0, servedRank: 1, offers: 1 },
    });
    expect(await entryOf(entry.id)).toBe('offered');
    expect(await ordersOf(waiter, eventId)).toMatchObject([
      { status: 'pending', entryId: entry.id },
    ]);
    await expectProblem(await reserve(await makeShopper(), eventItemId), 409, 'sold_out');
  });

  it('reaches who waits when a sale is opened again, which finds its queue as it was', async () => {
    const { eventId, eventItemId, entry } = await makeWaitlist();
    await admin.call('POST', `/events/${eventId}/close`);
    const path = `/events/${eventId}/items/${eventItemId}/stock`;
    expect((await admin.call('PUT', path, { total: 2 })).status).toBe(200);
    expect(await entryOf(entry.id)).toBe('waiting');
    expect((await admin.call('POST', `/events/${eventId}/open`)).status).toBe(200);
    expect(await entryOf(entry.id)).toBe('offered');
  });

  it('reaches who waits when a customer who holds is deactivated', async () => {
    const { eventId, holder, waiter, entry } = await makeWaitlist();
    expect((await admin.call('POST', `/users/${holder.user.id}/deactivate`)).status).toBe(200);
    expect(await ordersOf(waiter, eventId)).toMatchObject([
      { status: 'pending', entryId: entry.id },
    ]);
  });

  it.each([
    ['opened', 'POST', 'open'],
    ['closed', 'POST', 'close'],
    ['taken off the lists', 'POST', 'unpublish'],
  ])('wakes the object of an event that is %s', async (_what, method, act) => {
    const { eventId } = await makeWaitlist();
    const woken: string[] = [];
    const expireDue = async (id: string) => void woken.push(id);
    const ask = appWith({ sale: { expireDue } });
    const headers = { Authorization: `Bearer ${admin.token}` };
    const answer = await ask(`/admin/events/${eventId}/${act}`, { method, headers });
    expect(answer.status).toBe(200);
    expect(woken).toEqual([eventId]);
  });

  it('is done though the object is away, and leaves a line in the log', async () => {
    const { eventId } = await makeWaitlist();
    const logged: unknown[] = [];
    const ask = appWith({
      sale: { expireDue: () => Promise.reject(new Error('away')) },
      logging: { log: (_level, message, fields) => logged.push([message, fields?.eventId]) },
    });
    const headers = { Authorization: `Bearer ${admin.token}` };
    const answer = await ask(`/admin/events/${eventId}/close`, { method: 'POST', headers });
    expect(await answer.json()).toMatchObject({ status: 'closed' });
    expect(logged).toContainEqual(['event was not told of a change', eventId]);
  });
});
