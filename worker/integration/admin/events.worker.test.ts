/** Events as admins plan and run them. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { AdminEvent, AdminEventList } from '../../contract/administration.ts';
import type { EventStatus } from '../../contract/events.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { hold, pass, reserve, settle, stockOf } from '../../testing/purchases.ts';
import { call, HOLD_MS, makeEvent, makeItem, makeShopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LIST_AGE_MS_MAX = 2_000;

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

afterEach(() => {
  vi.useRealTimers();
});

async function anEvent(more: Record<string, unknown> = {}) {
  const items = [{ itemId: await makeItem(), priceCents: 500, stock: 3, limitPerCustomer: 2 }];
  const window = { startsAt: inFuture(HOUR_MS), endsAt: inFuture(2 * HOUR_MS) };
  return { title: 'Sale', currency: 'EUR', ...window, items, ...more };
}

function priced(itemId: string, stock: number) {
  return { itemId, priceCents: stock * 10, stock };
}

async function made(body: unknown): Promise<AdminEvent> {
  const response = await admin.call('POST', '/events', body);
  expect(response.status).toBe(201);
  return response.json();
}

describe('an event’s times', () => {
  it('entered as local ones open it at that time, across the change of summer time', async () => {
    const times = { startsAt: '2027-03-28T10:00', endsAt: '2027-03-29T10:00' };
    const event = await made(await anEvent({ ...times, timeZone: 'Europe/Copenhagen' }));
    expect(event).toMatchObject({
      startsAt: '2027-03-28T08:00:00.000Z',
      timeZone: 'Europe/Copenhagen',
      planned: {
        startsAt: '2027-03-28T08:00:00.000Z',
        startsAtLocal: '2027-03-28T10:00',
        endsAtLocal: '2027-03-29T10:00',
      },
      openedAt: null,
      closedAt: null,
    });
  });

  it.each([
    [
      'a gap of spring',
      { startsAt: '2027-03-28T02:30', timeZone: 'Europe/Copenhagen' },
      'startsAt',
    ],
    ['no zone', { startsAt: '2027-03-28T02:30' }, 'startsAt'],
    ['an unknown zone', { timeZone: 'Mars/Olympus' }, 'timeZone'],
    ['the past', { startsAt: inFuture(-HOUR_MS) }, 'startsAt'],
    ['a far future', { startsAt: inFuture(6 * 365 * DAY_MS) }, 'startsAt'],
    ['an end before the start', { endsAt: inFuture(0) }, 'endsAt'],
    ['a sale of a year', { endsAt: inFuture(365 * DAY_MS) }, 'endsAt'],
    ['an end that is no time', { endsAt: '2027-02-30T10:00:00Z' }, 'endsAt'],
  ])('in %s are refused, and the field named', async (_what, change, path) => {
    const response = await admin.call('POST', '/events', await anEvent(change));
    expect(await response.json()).toMatchObject({ code: 'malformed', errors: [{ path }] });
  });
});

describe('a locked event', () => {
  it('is replaced as a whole, and an item that stays keeps its id', async () => {
    const [one, two, three] = [
      await makeItem('One'),
      await makeItem('Two'),
      await makeItem('Three'),
    ];
    const event = await made(await anEvent({ items: [priced(one, 1), priced(two, 2)] }));
    const [, second] = event.items;
    const input = await anEvent({
      title: 'Better',
      items: [priced(two, 5), priced(three, 6), priced(one, 7)],
    });
    const response = await admin.call('PUT', `/events/${event.id}`, input);
    expect(response.status).toBe(200);
    const edited = await response.json<AdminEvent>();
    expect(edited).toMatchObject({
      title: 'Better',
      items: [
        { itemId: two, id: second?.id, priceCents: 50, stock: { total: 5, remaining: 5 } },
        { itemId: three, stock: { total: 6 } },
        { itemId: one, stock: { total: 7 } },
      ],
    });
    expect(new Set(edited.items.map(({ id }) => id)).size).toBe(3);
    const less = await admin.call('PUT', `/events/${event.id}`, {
      ...input,
      items: [priced(three, 1)],
    });
    expect((await less.json<AdminEvent>()).items.map(({ itemId }) => itemId)).toEqual([three]);
  });

  it('keeps what it was when the catalogue lacks an item', async () => {
    const event = await made(await anEvent());
    const unknown = { itemId: 'itm_zzzzzzzzzzzzzzzzzz', priceCents: 1, stock: 1 };
    const good = { itemId: await makeItem(), priceCents: 1, stock: 1 };
    const input = await anEvent({ title: 'Other', items: [good, unknown] });
    for (const [method, path] of [
      ['PUT', `/events/${event.id}`],
      ['POST', '/events'],
    ] as const) {
      const response = await admin.call(method, path, input);
      expect(await response.json()).toMatchObject({ errors: [{ path: 'items.1.itemId' }] });
    }
    expect(await (await admin.call('GET', `/events/${event.id}`)).json()).toEqual({
      ...event,
      serverNow: expect.any(String),
    });
    expect(await admin.auditOf(event.id)).toHaveLength(1);
  });

  it('leaves one entry for each edit that changed something, with what changed', async () => {
    const input = await anEvent();
    const event = await made(input);
    await admin.call('PUT', `/events/${event.id}`, { ...input, title: 'New title' });
    await admin.call('PUT', `/events/${event.id}`, { ...input, title: 'New title' });
    expect(await admin.auditOf(event.id)).toMatchObject([
      {
        actor: admin.user.id,
        action: 'event.edit',
        before: { title: 'Sale' },
        after: { title: 'New title' },
      },
      { action: 'event.create', before: null, after: { title: 'Sale', published: true } },
    ]);
    const [edit] = await admin.auditOf(event.id);
    expect(edit?.after).toEqual({ title: 'New title' });
  });

  it('cannot be edited once it is open, closed, or was bought from', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const input = await anEvent();
    const edit = async (id: string, code: string | undefined) => {
      const startsAt = inFuture(HOUR_MS);
      const body = { ...input, startsAt, endsAt: inFuture(2 * HOUR_MS), title: 'Late' };
      const answer = await (await admin.call('PUT', `/events/${id}`, body)).json();
      expect(answer).toMatchObject(code === undefined ? { title: 'Late' } : { status: 409, code });
    };
    const [opened, closed, started, draft] = [
      await made(input),
      await made(input),
      await made(input),
      await made({ ...input, published: false }),
    ];
    await admin.call('POST', `/events/${opened.id}/open`);
    await admin.call('POST', `/events/${closed.id}/close`);
    pass(HOUR_MS);
    for (const { id } of [opened, closed, started]) await edit(id, 'event_not_locked');
    // Nobody could see it, so it is still a plan.
    await edit(draft.id, undefined);
  });
});

describe('an event that is not published', () => {
  it('does not exist for anybody but admins, until it is opened', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId: id, eventItemId } = await makeEvent({ published: false, title: 'Hush hush' });
    const missing = async () => {
      for (const path of [`/events/${id}`, `/events/${id}/integrity`]) {
        expect((await call('GET', path)).status).toBe(404);
      }
      for (const path of ['/events?limit=100', '/events?q=hush', '/events?status=locked']) {
        expect(await (await call('GET', path)).text()).not.toContain(id);
      }
    };
    await missing();
    expect(await (await admin.call('GET', `/events/${id}`)).json()).toMatchObject({
      published: false,
      status: 'locked',
    });
    const list = await admin.call('GET', '/events?published=false&status=locked&q=HUSH');
    expect(await list.json()).toMatchObject({ events: [{ id, published: false }] });

    expect(await (await admin.call('POST', `/events/${id}/open`)).json()).toMatchObject({
      published: true,
      status: 'live',
    });
    pass(LIST_AGE_MS_MAX);
    expect(await (await call('GET', '/events?q=hush')).json()).toMatchObject({ events: [{ id }] });
    await hold(await makeShopper(), eventItemId);
    expect((await admin.auditOf(id))[0]).toMatchObject({
      action: 'event.open',
      before: { published: false, openedAt: null },
      after: { published: true, openedAt: expect.any(String) },
    });
  });
});

describe('opening and closing by hand', () => {
  it('is done once however often it is asked for, with one entry each', async () => {
    const event = await made(await anEvent());
    for (const _ of [1, 2]) {
      const opened = await admin.call('POST', `/events/${event.id}/open`);
      expect(await opened.json()).toMatchObject({ status: 'live', openedAt: expect.any(String) });
    }
    for (const _ of [1, 2]) {
      const closed = await admin.call('POST', `/events/${event.id}/close`);
      expect(await closed.json()).toMatchObject({ status: 'closed', closedAt: expect.any(String) });
    }
    const actions = (await admin.auditOf(event.id)).map(({ action }) => action);
    expect(actions).toEqual(['event.close', 'event.open', 'event.create']);
  });

  it('cannot open what has ended', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const event = await made(await anEvent());
    pass(2 * HOUR_MS);
    const response = await admin.call('POST', `/events/${event.id}/open`);
    expect(await response.json()).toMatchObject({ status: 409, code: 'event_ended' });
    expect(await admin.auditOf(event.id)).toHaveLength(1);
  });
});

describe('taking an event off the public lists', () => {
  it('closes it, keeps its orders, and is undone by opening it', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId: id, eventItemId } = await makeEvent({ stock: 3, title: 'Only tried out' });
    const buyer = await makeShopper();
    const bought = await hold(buyer, eventItemId);
    await settle(buyer, bought, 'confirm');
    for (const _ of [1, 2]) {
      const answer = await admin.call('POST', `/events/${id}/unpublish`);
      expect(await answer.json()).toMatchObject({
        status: 'closed',
        published: false,
        closedAt: expect.any(String),
      });
    }
    pass(LIST_AGE_MS_MAX);
    expect((await call('GET', `/events/${id}`)).status).toBe(404);
    expect(await (await call('GET', '/events?q=only tried')).text()).not.toContain(id);
    expect((await reserve(await makeShopper(), eventItemId)).status).toBe(404);
    const orders = await admin.call('GET', `/orders?eventId=${id}`);
    expect(await orders.json()).toMatchObject({ orders: [{ id: bought.id, status: 'confirmed' }] });
    const [entry, ...others] = await admin.auditOf(id);
    expect(entry).toMatchObject({
      action: 'event.unpublish',
      before: { published: true, closedAt: null },
      after: { published: false, closedAt: expect.any(String) },
    });
    expect(others.filter(({ action }) => action === 'event.unpublish')).toEqual([]);

    const reopened = await admin.call('POST', `/events/${id}/open`);
    expect(await reopened.json()).toMatchObject({ published: true, status: 'live' });
  });
});

describe('the stock', () => {
  it('is raised in mid-sale, and lowered down to what is held and sold, never under it', async () => {
    const { eventId, eventItemId } = await makeEvent({ stock: 3 });
    const path = `/events/${eventId}/items/${eventItemId}/stock`;
    const [buyer, holder] = [await makeShopper(), await makeShopper()];
    await settle(buyer, await hold(buyer, eventItemId), 'confirm');
    await hold(holder, eventItemId);
    const low = await admin.call('PUT', path, { total: 1 });
    expect(await low.json()).toMatchObject({
      status: 409,
      code: 'stock_in_use',
      stock: { total: 3, remaining: 1, held: 1, sold: 1 },
    });
    const stockAfter = async (total: number) => {
      const response = await admin.call('PUT', path, { total });
      return (await response.json<AdminEvent>()).items[0]?.stock;
    };
    expect(await stockAfter(2)).toEqual({ total: 2, remaining: 0, held: 1, sold: 1 });
    expect(await stockAfter(5)).toEqual({ total: 5, remaining: 3, held: 1, sold: 1 });
    await stockAfter(5);
    expect(await stockOf(eventId)).toEqual({ total: 5, remaining: 3, held: 1, sold: 1 });
    expect(await admin.auditOf(eventItemId)).toMatchObject([
      { action: 'event.stock', before: { total: 2 }, after: { total: 5 } },
      { action: 'event.stock', before: { total: 3 }, after: { total: 2 } },
    ]);
  });

  it('counts a hold that has ended as free, before any alarm wrote it off', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { eventId, eventItemId } = await makeEvent({ stock: 1 });
    await hold(await makeShopper(), eventItemId);
    pass(HOLD_MS);
    const path = `/events/${eventId}/items/${eventItemId}/stock`;
    expect((await admin.call('PUT', path, { total: 0 })).status).toBe(200);
    expect(await stockOf(eventId)).toEqual({ total: 0, remaining: 0, held: 0, sold: 0 });
    expect((await reserve(await makeShopper(), eventItemId)).status).toBe(409);
  });

  it('of an item is found under its own event only', async () => {
    const [one, two] = [await makeEvent(), await makeEvent()];
    const path = `/events/${one.eventId}/items/${two.eventItemId}/stock`;
    expect((await admin.call('PUT', path, { total: 1 })).status).toBe(404);
  });
});

describe('the lists of events', () => {
  it('show an event under its status and no other', async () => {
    const mark = `status ${Math.floor(performance.now())}`;
    const title = mark;
    const [locked, live, soldOut, closed, ended] = [
      await makeEvent({ title, startsAt: inFuture(HOUR_MS) }),
      await makeEvent({ title }),
      await makeEvent({ title, stock: 0 }),
      await makeEvent({ title }),
      await makeEvent({ title, startsAt: inFuture(-DAY_MS), endsAt: inFuture(-HOUR_MS) }),
    ];
    await admin.call('POST', `/events/${closed.eventId}/close`);
    const wanted: Record<EventStatus, string[]> = {
      locked: [locked.eventId],
      live: [live.eventId],
      sold_out: [soldOut.eventId],
      closed: [closed.eventId, ended.eventId],
    };
    for (const [status, ids] of Object.entries(wanted)) {
      for (const path of ['/events', '/admin/events']) {
        const query = `?status=${status}&q=${encodeURIComponent(mark)}`;
        const response = await call('GET', path + query, { token: admin.token });
        const { events } = await response.json<AdminEventList>();
        expect(events.map((event) => event.id).toSorted()).toEqual(ids.toSorted());
        expect(events.every((event) => event.status === status)).toBe(true);
      }
    }
  });

  it('repeat and leave out nothing when events are added between two pages', async () => {
    const title = `paged ${Math.floor(performance.now())}`;
    const add = (day: number) =>
      makeEvent({
        title,
        startsAt: `2031-01-0${day}T10:00:00Z`,
        endsAt: `2031-01-0${day}T11:00:00Z`,
      });
    const ids: string[] = [];
    for (const day of [2, 4, 6, 8]) ids.unshift((await add(day)).eventId);
    const page = async (cursor: string) => {
      const path = `/events?limit=2&q=${encodeURIComponent(title)}${cursor}`;
      return (await admin.call('GET', path)).json<AdminEventList>();
    };
    const first = await page('');
    // One lands in the page that was read, one in the page to come.
    await add(9);
    const between = (await add(3)).eventId;
    const second = await page(`&cursor=${encodeURIComponent(first.nextCursor ?? '')}`);
    const third = await page(`&cursor=${encodeURIComponent(second.nextCursor ?? '')}`);
    const seen = [first, second, third].flatMap(({ events }) => events.map(({ id }) => id));
    expect(seen).toEqual([...ids.slice(0, 3), between, ...ids.slice(3)]);
    expect(third.nextCursor).toBeNull();
  });
});
