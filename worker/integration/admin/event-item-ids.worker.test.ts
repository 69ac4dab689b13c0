/** An event item's id means one item for ever, whatever becomes of the plan. */
import { sql } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import { EVENT_ITEM_NUMBER_MAX, type EventId, makeEventItemId } from '../../contract/ids.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { reserve } from '../../testing/purchases.ts';
import { deps, makeItem, makeShopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

function planOf(itemIds: string[]) {
  const items = itemIds.map((itemId) => ({ itemId, priceCents: 500, stock: 3 }));
  return {
    title: 'Sale',
    currency: 'EUR',
    startsAt: inFuture(HOUR_MS),
    endsAt: inFuture(2 * HOUR_MS),
    items,
  };
}

async function made(itemIds: string[]): Promise<AdminEvent> {
  return (await admin.call('POST', '/events', planOf(itemIds))).json();
}

async function edited(id: EventId, itemIds: string[]): Promise<AdminEvent> {
  const response = await admin.call('PUT', `/events/${id}`, planOf(itemIds));
  expect(response.status).toBe(200);
  return response.json();
}

/** As if the event had had that many items already. */
function setNumbersUsed(id: EventId, count: number) {
  return deps.stores.db.execute(
    sql`UPDATE events SET item_numbers_used = ${count} WHERE id = ${id}`,
  );
}

describe('the id of an event item', () => {
  it('is not given again when its item was taken out, nor to the same item put back', async () => {
    const [lamp, chair, table] = [await makeItem(), await makeItem(), await makeItem()];
    const event = await made([lamp, chair]);
    const chairId = event.items[1]?.id;
    const meanings = new Map(event.items.map(({ id, itemId }) => [id, itemId]));
    for (const plan of [[lamp], [lamp, table], [table], [chair, table], [lamp, chair]]) {
      const { items } = await edited(event.id, plan);
      expect(items.map(({ itemId }) => itemId)).toEqual(plan);
      for (const { id, itemId } of items) {
        expect(meanings.get(id) ?? itemId).toBe(itemId);
        meanings.set(id, itemId);
      }
    }
    // Lamp, chair and table, and each of lamp and chair once more.
    expect(meanings.size).toBe(5);
    expect((await admin.call('POST', `/events/${event.id}/open`)).status).toBe(200);
    const bought = await reserve(await makeShopper(), String(chairId));
    expect(await bought.json()).toMatchObject({ code: 'not_found' });
  });

  it('follows those that an event from before could have given', async () => {
    const [lamp, chair] = [await makeItem(), await makeItem()];
    const event = await made([lamp]);
    await deps.stores.db.execute(
      sql`UPDATE events SET item_numbers_used = DEFAULT WHERE id = ${event.id}`,
    );
    const { items } = await edited(event.id, [chair]);
    expect(items.map(({ id }) => id)).toEqual([makeEventItemId(event.id, 51)]);
  });

  it('steps over one that the version before gave without counting it', async () => {
    const [lamp, chair] = [await makeItem(), await makeItem()];
    const event = await made([lamp]);
    await setNumbersUsed(event.id, 0);
    const { items } = await edited(event.id, [lamp, chair]);
    expect(items.map(({ id }) => id)).toEqual([1, 2].map((n) => makeEventItemId(event.id, n)));
  });

  it('has three digits at most: past them the edit is refused as a whole', async () => {
    const [lamp, chair, table] = [await makeItem(), await makeItem(), await makeItem()];
    const event = await made([lamp]);
    await setNumbersUsed(event.id, EVENT_ITEM_NUMBER_MAX - 1);
    const refused = await admin.call('PUT', `/events/${event.id}`, planOf([chair, table]));
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'item_numbers_used_up' });
    const after = await (await admin.call('GET', `/events/${event.id}`)).json<AdminEvent>();
    expect(after.items.map(({ itemId }) => itemId)).toEqual([lamp]);

    const last = await edited(event.id, [lamp, chair]);
    expect(last.items[1]?.id).toBe(makeEventItemId(event.id, EVENT_ITEM_NUMBER_MAX));
    expect((await admin.call('PUT', `/events/${event.id}`, planOf([lamp, table]))).status).toBe(
      409,
    );
    // Nothing that is new is needed for these.
    await edited(event.id, [chair]);
  });
});
