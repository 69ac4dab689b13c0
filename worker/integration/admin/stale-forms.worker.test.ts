/** Changes by admins who name the version that they have seen. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { Item } from '../../contract/catalogue.ts';
import { expectProblem } from '../../testing/accounts.ts';
import { hold, reserve } from '../../testing/purchases.ts';
import { call, makeEvent, makeItem, makeShopper, type Shopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;

let anna: Shopper;
let ben: Shopper;

beforeAll(async () => {
  [anna, ben] = [await makeShopper('admin'), await makeShopper('admin')];
});

interface Seen<Body> {
  body: Body;
  tag: string;
}

async function see<Body>(path: string): Promise<Seen<Body>> {
  const answer = await call('GET', path, { token: anna.token });
  expect(answer.status).toBe(200);
  const tag = answer.headers.get('ETag') ?? '';
  expect(tag).toMatch(/^"[\x21\x23-\x7e]+"$/);
  return { body: await answer.json<Body>(), tag };
}

function change(
  method: string,
  path: string,
  sent: { body?: unknown; tag?: string; by?: Shopper },
) {
  const { body, tag, by = anna } = sent;
  const headers: Record<string, string> = tag === undefined ? {} : { 'If-Match': tag };
  return call(method, path, { token: by.token, body, headers });
}

function inputOf(event: AdminEvent) {
  const { title, description, currency, planned, holdSeconds, published, timeZone } = event;
  const { startsAt, endsAt } = planned;
  const fields = { title, description, currency, startsAt, endsAt, holdSeconds, published };
  const items = event.items.map(({ itemId, priceCents, stock, limitPerCustomer }) => ({
    itemId,
    priceCents,
    stock: stock.total,
    limitPerCustomer,
  }));
  return { ...fields, timeZone, items };
}

describe('a form of an event', () => {
  let path: string;
  let seen: Seen<AdminEvent>;
  let input: ReturnType<typeof inputOf>;

  beforeEach(async () => {
    const startsAt = new Date(Date.now() + HOUR_MS).toISOString();
    path = `/admin/events/${(await makeEvent({ startsAt })).eventId}`;
    seen = await see(path);
    input = inputOf(seen.body);
  });

  it('that is as it was read is saved, and answered with its next version', async () => {
    const saved = await change('PUT', path, { body: { ...input, title: 'New' }, tag: seen.tag });
    expect(saved.status).toBe(200);
    const { tag } = await see(path);
    expect(saved.headers.get('ETag')).toBe(tag);
    expect(tag).not.toBe(seen.tag);
  });

  it('that another admin overtook is refused, with what is there and who changed it', async () => {
    const theirs = { ...input, title: 'Theirs', holdSeconds: 60 };
    expect((await change('PUT', path, { body: theirs, by: ben })).status).toBe(200);
    const mine = { ...input, description: 'Mine' };
    const refused = await change('PUT', path, { body: mine, tag: seen.tag });
    const now = await see<AdminEvent>(path);
    expect(refused.headers.get('ETag')).toBe(now.tag);
    const problem = await refused.clone().json<Record<string, unknown>>();
    await expectProblem(refused, 412, 'precondition_failed');
    expect(problem['current']).toEqual({
      title: 'Theirs',
      holdSeconds: 60,
      description: input.description,
    });
    expect(problem['changedBy']).toEqual({
      actor: ben.user.id,
      name: ben.user.displayName,
      action: 'event.edit',
      at: expect.any(String),
    });
    expect(now.body).toMatchObject({ title: 'Theirs', description: input.description });
    expect((await change('PUT', path, { body: mine, tag: now.tag })).status).toBe(200);
  });

  it('is overtaken by a change of its items, its stock, its publishing or its opening', async () => {
    const [item] = input.items;
    const eventItem = seen.body.items[0]?.id;
    const changes = [
      () => change('PUT', path, { body: { ...input, items: [{ ...item, priceCents: 7 }] } }),
      () => change('PUT', `${path}/items/${eventItem}/stock`, { body: { total: 44 } }),
      () => change('PUT', path, { body: { ...input, published: false } }),
      () => change('POST', `${path}/close`, {}),
      () => change('POST', `${path}/open`, {}),
    ];
    const tags = [seen.tag];
    for (const overtake of changes) {
      expect((await overtake()).status).toBe(200);
      tags.push((await see(path)).tag);
    }
    expect(new Set(tags).size).toBe(tags.length);
  });

  it('is not overtaken by what shoppers do', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const live = await see<AdminEvent>(`/admin/events/${eventId}`);
    await hold(await makeShopper(), eventItemId);
    const after = await see<AdminEvent>(`/admin/events/${eventId}`);
    expect(after.body.items[0]?.stock).not.toEqual(live.body.items[0]?.stock);
    expect(after.tag).toBe(live.tag);
  });

  it('is saved with any version where it names *, no tag or one of several', async () => {
    for (const tag of ['*', ` "other" ,, W/"weak", ${seen.tag},`]) {
      expect((await change('PUT', path, { body: input, tag })).status).toBe(200);
    }
    expect((await change('PUT', path, { body: input })).status).toBe(200);
  });

  it.each(['"other"', '"a,b", "c"', 'W/"x"'])('is refused with %s alone', async (tag) => {
    const refused = await change('PUT', path, { body: input, tag });
    await expectProblem(refused, 412, 'precondition_failed');
  });

  it('is refused with the right tag marked as weak', async () => {
    const refused = await change('PUT', path, { body: input, tag: `W/${seen.tag}` });
    await expectProblem(refused, 412, 'precondition_failed');
  });

  it.each(['"', 'bare', '"open', '*, "a"', '"a" "b"', Array(21).fill('"a"').join()])(
    'that names %j is malformed',
    async (tag) => {
      const answer = await change('PUT', path, { body: input, tag });
      await expectProblem(answer, 400, 'malformed');
    },
  );

  it('is refused for what is wrong with it before it is refused for its version', async () => {
    const tag = '"other"';
    const wrong = {
      ...input,
      items: [{ itemId: 'itm_000000000000000000', priceCents: 1, stock: 1 }],
    };
    await expectProblem(await change('PUT', path, { body: wrong, tag }), 400, 'malformed');
    const nowhere = '/admin/events/evt_000000000000';
    await expectProblem(await change('PUT', nowhere, { body: input, tag }), 404, 'not_found');
    await change('POST', `${path}/open`, {});
    await expectProblem(await change('PUT', path, { body: input, tag }), 409, 'event_not_locked');
  });

  it('that was saved and is sent again, as its answer was lost, is answered that nothing differs', async () => {
    const body = { ...input, title: 'Saved' };
    expect((await change('PUT', path, { body, tag: seen.tag })).status).toBe(200);
    const again = await change('PUT', path, { body, tag: seen.tag });
    expect(await again.clone().json()).toMatchObject({ current: {} });
    await expectProblem(again, 412, 'precondition_failed');
  });

  it('of two at once is saved once', async () => {
    const bodies = ['One', 'Two', 'Three'].map((title) => ({ ...input, title }));
    const answers = await Promise.all(
      bodies.map((body) => change('PUT', path, { body, tag: seen.tag })),
    );
    const counted = [200, 412].map(
      (code) => answers.filter(({ status }) => status === code).length,
    );
    expect(counted).toEqual([1, 2]);
    const title = bodies[answers.findIndex(({ status }) => status === 200)]?.title;
    expect((await see<AdminEvent>(path)).body.title).toBe(title);
  });

  it('and opening, closing and setting stock from a stale view are refused', async () => {
    const eventItem = seen.body.items[0]?.id;
    expect((await change('PUT', path, { body: { ...input, title: 'Moved' } })).status).toBe(200);
    const { tag } = seen;
    for (const stale of [
      await change('POST', `${path}/open`, { tag }),
      await change('POST', `${path}/close`, { tag }),
      await change('PUT', `${path}/items/${eventItem}/stock`, { tag, body: { total: 1 } }),
    ]) {
      const problem = await stale.clone().json<{ current: object }>();
      expect(problem.current).toMatchObject({ title: 'Moved', openedAt: null, closedAt: null });
      await expectProblem(stale, 412, 'precondition_failed');
    }
    const now = await see<AdminEvent>(path);
    expect(now.body).toMatchObject({ status: 'locked', openedAt: null, closedAt: null });
    const stock = { tag: now.tag, body: { total: 1 } };
    const set = await change('PUT', `${path}/items/${eventItem}/stock`, stock);
    expect(set.status).toBe(200);
    const tagNow = set.headers.get('ETag') ?? '';
    const opened = await change('POST', `${path}/open`, { tag: tagNow });
    expect(opened.status).toBe(200);
    expect((await reserve(await makeShopper(), eventItem ?? '')).status).toBe(201);
    const closed = await change('POST', `${path}/close`, { tag: opened.headers.get('ETag') ?? '' });
    expect(closed.status).toBe(200);
  });
});

describe('a form of an item', () => {
  it('that another admin overtook is refused, with what is there and who changed it', async () => {
    const path = `/admin/items/${await makeItem('Lamp')}`;
    const { body, tag } = await see<Item>(path);
    const { id: _id, ...input } = body;
    const theirs = await change('PUT', path, { body: { ...input, name: 'Lantern' }, tag, by: ben });
    expect(theirs.status).toBe(200);
    const refused = await change('PUT', path, { body: { ...input, category: 'home' }, tag });
    const problem = await refused.clone().json();
    expect(problem).toMatchObject({
      current: { name: 'Lantern', category: input.category },
      changedBy: { actor: ben.user.id, action: 'item.edit' },
    });
    await expectProblem(refused, 412, 'precondition_failed');
    const now = await see<Item>(path);
    expect(now.body).toMatchObject({ name: 'Lantern', category: input.category });
    expect(refused.headers.get('ETag')).toBe(now.tag);
    const missing = await change('PUT', '/admin/items/itm_000000000000000000', {
      body: input,
      tag,
    });
    await expectProblem(missing, 404, 'not_found');
  });

  it('that another admin changed is not deleted by who has not seen it', async () => {
    const path = `/admin/items/${await makeItem('Lamp')}`;
    const { body, tag } = await see<Item>(path);
    const { id: _id, ...input } = body;
    const theirs = await change('PUT', path, { body: { ...input, name: 'Lantern' }, by: ben });
    expect(theirs.status).toBe(200);
    const refused = await change('DELETE', path, { tag });
    expect(await refused.clone().json()).toMatchObject({
      current: { name: 'Lantern' },
      changedBy: { actor: ben.user.id, action: 'item.edit' },
    });
    await expectProblem(refused, 412, 'precondition_failed');
    const now = await see<Item>(path);
    expect(refused.headers.get('ETag')).toBe(now.tag);
    expect((await change('DELETE', path, { tag: `W/${now.tag}` })).status).toBe(412);
    expect((await change('DELETE', path, { tag: now.tag })).status).toBe(204);
    await expectProblem(await change('DELETE', path, { tag: now.tag }), 404, 'not_found');
  });
});
