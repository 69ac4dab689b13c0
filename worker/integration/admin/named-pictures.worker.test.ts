/** The pictures that items and events name, as admins write them and everybody reads them. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { Item } from '../../contract/catalogue.ts';
import type { EventDetail, EventList } from '../../contract/events.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { call, deps, makeItem } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;
const [FRONT, BACK, SIDE] = [
  '/images/front.svg',
  '/images/back.svg',
  'https://cdn.example/side.png',
];

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function make(fields: object): Promise<Item> {
  const answer = await admin.call('POST', '/items', { name: 'Lamp', ...fields });
  expect(answer.status).toBe(201);
  return answer.json();
}

async function edit({ id }: Item, fields: object): Promise<Item> {
  const answer = await admin.call('PUT', `/items/${id}`, { name: 'Lamp', ...fields });
  expect(answer.status).toBe(200);
  return answer.json();
}

async function plan(items: object[], fields: object = {}): Promise<AdminEvent> {
  const answer = await admin.call('POST', '/events', planOf(items, fields));
  expect(answer.status).toBe(201);
  return answer.json();
}

function planOf(items: object[], fields: object = {}) {
  const window = { startsAt: inFuture(HOUR_MS), endsAt: inFuture(2 * HOUR_MS) };
  return { title: 'Sale', currency: 'EUR', ...window, items, ...fields };
}

describe('the pictures of an item', () => {
  it('are kept in their order, and the first one is its imageUrl', async () => {
    const item = await make({ pictures: [FRONT, BACK, SIDE], imageUrl: '/images/other.svg' });
    expect(item).toMatchObject({ imageUrl: FRONT, pictures: [FRONT, BACK, SIDE] });
    expect(await edit(item, { pictures: [SIDE, FRONT] })).toMatchObject({
      imageUrl: SIDE,
      pictures: [SIDE, FRONT],
    });
    expect((await admin.auditOf(item.id)).map(({ before, after }) => [before, after])).toEqual([
      [
        { imageUrl: FRONT, pictures: [FRONT, BACK, SIDE] },
        { imageUrl: SIDE, pictures: [SIDE, FRONT] },
      ],
      [null, expect.objectContaining({ imageUrl: FRONT, pictures: [FRONT, BACK, SIDE] })],
    ]);
  });

  it('are changed by whoever knows of one alone: the first one is replaced, or all removed', async () => {
    const item = await make({ pictures: [FRONT, BACK] });
    expect((await edit(item, { imageUrl: SIDE })).pictures).toEqual([SIDE, BACK]);
    expect((await edit(item, { imageUrl: BACK })).pictures).toEqual([BACK]);
    expect((await edit(item, { imageUrl: FRONT })).pictures).toEqual([FRONT]);
    expect(await edit(item, { imageUrl: null })).toMatchObject({ imageUrl: null, pictures: [] });
    expect((await edit(item, { pictures: [FRONT, BACK] })).pictures).toEqual([FRONT, BACK]);
    expect((await edit(item, {})).pictures).toEqual([]);
  });

  it('are the one that the version before wrote', async () => {
    const item = await make({ pictures: [FRONT, BACK] });
    const write = (imageUrl: string | null) =>
      deps.stores.db.execute(
        sql`UPDATE item_catalog SET image_url = ${imageUrl} WHERE id = ${item.id}`,
      );
    const read = async () =>
      (await (await admin.call('GET', `/items/${item.id}`)).json<Item>()).pictures;
    await write(SIDE);
    expect(await read()).toEqual([SIDE]);
    await write(null);
    expect(await read()).toEqual([]);
    await write(SIDE);
    expect((await edit(item, { imageUrl: BACK })).pictures).toEqual([BACK]);
  });

  it.each([
    [{ pictures: [FRONT, 'http://cdn.example/x.png'] }, 'pictures.1'],
    [{ pictures: [FRONT, FRONT] }, 'pictures'],
    [{ pictures: Array.from({ length: 9 }, (_, n) => `/images/${n}.svg`) }, 'pictures'],
    [{ pictures: null }, 'pictures'],
  ])('cannot be %j', async (fields, path) => {
    const answer = await admin.call('POST', '/items', { name: 'Lamp', ...fields });
    expect(await answer.json()).toMatchObject({ code: 'malformed', errors: [{ path }] });
  });

  it('are shown with what an event sells', async () => {
    const { id: itemId } = await make({ pictures: [FRONT, BACK] });
    const event = await plan([{ itemId, priceCents: 500, stock: 1 }]);
    expect(event.items[0]).toMatchObject({ imageUrl: FRONT, pictures: [FRONT, BACK] });
    const shown = await (await call('GET', `/events/${event.id}`)).json<EventDetail>();
    expect(shown.items[0]?.pictures).toEqual([FRONT, BACK]);
  });
});

describe('the cover of an event', () => {
  it('is set, kept where it is left out, and taken away', async () => {
    const items = [{ itemId: await makeItem(), priceCents: 500, stock: 1 }];
    const event = await plan(items, { coverUrl: FRONT });
    const change = async (fields: object) => {
      const answer = await admin.call('PUT', `/events/${event.id}`, planOf(items, fields));
      return (await answer.json<AdminEvent>()).coverUrl;
    };
    expect(event.coverUrl).toBe(FRONT);
    expect(await change({ title: 'Other' })).toBe(FRONT);
    expect(await change({ title: 'Other', coverUrl: BACK })).toBe(BACK);
    expect(await change({ title: 'Other', coverUrl: null })).toBeNull();
    const changes = (await admin.auditOf(event.id)).map(({ before, after }) => [before, after]);
    expect(changes.slice(0, 3)).toEqual([
      [
        expect.objectContaining({ coverUrl: BACK }),
        expect.not.objectContaining({ coverUrl: BACK }),
      ],
      [expect.objectContaining({ coverUrl: FRONT }), expect.objectContaining({ coverUrl: BACK })],
      [
        expect.not.objectContaining({ coverUrl: FRONT }),
        expect.not.objectContaining({ coverUrl: FRONT }),
      ],
    ]);
  });

  it('must be an address of a picture', async () => {
    const body = planOf([{ itemId: await makeItem(), priceCents: 500, stock: 1 }], {
      coverUrl: 'javascript:alert(1)',
    });
    const answer = await admin.call('POST', '/events', body);
    expect(await answer.json()).toMatchObject({
      code: 'malformed',
      errors: [{ path: 'coverUrl' }],
    });
  });
});

async function listed(title: string) {
  const query = `?q=${encodeURIComponent(title)}`;
  const { events } = await (await call('GET', `/events${query}`)).json<EventList>();
  expect(events).toHaveLength(1);
  return events[0];
}

describe('the list of events', () => {
  it('shows a picture, the prices and the categories of what is sold', async () => {
    const title = `Listed ${crypto.randomUUID()}`;
    const [bare, shoe, lamp] = [
      await make({ category: 'shoes' }),
      await make({ category: 'shoes', pictures: [BACK, SIDE] }),
      await make({ category: 'home', imageUrl: FRONT }),
    ];
    const items = [
      { itemId: bare.id, priceCents: 900, stock: 1 },
      { itemId: shoe.id, priceCents: 2_500, stock: 1 },
      { itemId: lamp.id, priceCents: 700, stock: 1 },
    ];
    await plan(items, { title });
    expect(await listed(title)).toMatchObject({
      coverUrl: null,
      pictureUrl: BACK,
      priceFromCents: 700,
      priceToCents: 2_500,
      categories: ['home', 'shoes'],
      itemCount: 3,
    });
  });

  it('shows the cover of an event that has one', async () => {
    const title = `Covered ${crypto.randomUUID()}`;
    const { id: itemId } = await make({ imageUrl: BACK });
    await plan([{ itemId, priceCents: 0, stock: 1 }], { title, coverUrl: FRONT });
    expect(await listed(title)).toMatchObject({
      coverUrl: FRONT,
      pictureUrl: FRONT,
      priceFromCents: 0,
      priceToCents: 0,
    });
  });
});
