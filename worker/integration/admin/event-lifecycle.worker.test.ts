/** What becomes of an event as a whole: published, its texts corrected, planned once more, deleted. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { AdminEvent } from '../../contract/administration.ts';
import type { Problem } from '../../contract/problems.ts';
import { type Admin, inFuture, makeAdmin } from '../../testing/admin.ts';
import { reserve } from '../../testing/purchases.ts';
import { call, deps, makeEvent, makeItem, makeShopper } from '../../testing/shop.ts';
import { makeWaitlist } from '../../testing/waiting.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** The address of an upload that never was. */
const LOST_PICTURE = '/pictures/pic_00000000000000000000000000-800x600-aabbccddeeff.webp';

let admin: Admin;

beforeAll(async () => {
  admin = await makeAdmin();
});

async function drafted(more: Record<string, unknown> = {}): Promise<AdminEvent> {
  const items = [{ itemId: await makeItem(), priceCents: 500, stock: 3, limitPerCustomer: 2 }];
  const times = { startsAt: inFuture(HOUR_MS), endsAt: inFuture(2 * HOUR_MS) };
  const body = { title: 'Lamps', currency: 'EUR', published: false, ...times, items, ...more };
  const answer = await admin.call('POST', '/events', body);
  expect(answer.status).toBe(201);
  return answer.json();
}

async function isPublic(id: string): Promise<boolean> {
  return (await call('GET', `/events/${id}`)).status === 200;
}

/** As if its plan had been made long ago. */
async function movePlan(id: string, byMs: number): Promise<void> {
  const sql = `UPDATE events SET starts_at = starts_at + $2 * interval '1 ms',
    ends_at = ends_at + $2 * interval '1 ms' WHERE id = $1`;
  await deps.stores.db.$client.query(sql, [id, byMs]);
}

describe('publishing a draft', () => {
  it('shows it to everybody, with the plan that it has', async () => {
    const draft = await drafted({ reportPublic: true, holdSeconds: 90 });
    expect(await isPublic(draft.id)).toBe(false);
    const answer = await admin.call('POST', `/events/${draft.id}/publish`);
    expect(answer.status).toBe(200);
    const published = await answer.json<AdminEvent>();
    expect(published).toEqual({ ...draft, published: true, serverNow: published.serverNow });
    // That there is none may be known for a moment longer.
    await expect.poll(() => isPublic(draft.id), { timeout: 5_000 }).toBe(true);
  });

  it('does nothing to one that is published, also when its sale runs', async () => {
    const { eventId } = await makeEvent();
    const answer = await admin.call('POST', `/events/${eventId}/publish`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ published: true, status: 'live', openedAt: null });
  });

  it('is refused where its opening has passed, with the field', async () => {
    const { id } = await drafted();
    await movePlan(id, -90 * 60_000);
    const answer = await admin.call('POST', `/events/${id}/publish`);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      code: 'plan_unfit',
      errors: [{ path: 'startsAt', message: 'must not be in the past' }],
    });
    expect(await isPublic(id)).toBe(false);
  });

  it('is refused where an item got variants since, with the field', async () => {
    const itemId = await makeItem();
    const { id } = await drafted({ items: [{ itemId, priceCents: 500, stock: 3 }] });
    await admin.call('PUT', `/items/${itemId}`, { name: 'Lamp', variants: [{ label: 'Red' }] });
    const answer = await admin.call('POST', `/events/${id}/publish`);
    expect(await answer.json()).toMatchObject({
      code: 'plan_unfit',
      errors: [{ path: 'items.0.variants' }],
    });
  });

  it('is refused where its cover was lost, with the field', async () => {
    const { id } = await drafted();
    const sql = 'UPDATE events SET cover_url = $2 WHERE id = $1';
    await deps.stores.db.$client.query(sql, [id, LOST_PICTURE]);
    for (const deed of ['publish', 'duplicate']) {
      const answer = await admin.call('POST', `/events/${id}/${deed}`);
      expect(await answer.json()).toMatchObject({
        code: 'plan_unfit',
        errors: [{ path: 'coverUrl' }],
      });
    }
  });

  it('is refused where the event was taken off the lists by hand', async () => {
    const { eventId } = await makeEvent();
    await admin.call('POST', `/events/${eventId}/unpublish`);
    const answer = await admin.call('POST', `/events/${eventId}/publish`);
    expect((await answer.json<Problem>()).code).toBe('event_not_locked');
  });

  it('is refused where somebody changed it since it was looked at', async () => {
    const { id } = await drafted();
    const seen = await admin.call('GET', `/events/${id}`);
    const headers = { 'If-Match': seen.headers.get('ETag') ?? '' };
    await admin.call('PATCH', `/events/${id}/texts`, { title: 'Other lamps' });
    const refused = await admin.callWith(headers, 'POST', `/events/${id}/publish`);
    expect(refused.status).toBe(412);
    expect(await isPublic(id)).toBe(false);
  });
});

describe('the texts of an event', () => {
  it('are corrected while it is sold, and nothing else of it changes', async () => {
    const { eventId, eventItemId } = await makeEvent();
    await reserve(await makeShopper(), eventItemId);
    const before = await (await admin.call('GET', `/events/${eventId}`)).json<AdminEvent>();
    const texts = { title: 'The right name', coverUrl: '/images/table-lamp.svg' };
    const answer = await admin.call('PATCH', `/events/${eventId}/texts`, texts);
    expect(answer.status).toBe(200);
    const after = await answer.json<AdminEvent>();
    expect(after).toEqual({ ...before, ...texts, serverNow: after.serverNow });
  });

  it('may be sent as they are, and then the log has nothing of it', async () => {
    const { id, title } = await drafted();
    expect((await admin.call('PATCH', `/events/${id}/texts`, { title })).status).toBe(200);
    expect((await admin.call('PATCH', `/events/${id}/texts`, {})).status).toBe(200);
    const sql = "SELECT id FROM audit_log WHERE subject = $1 AND action = 'event.texts'";
    expect(await deps.stores.db.$client.query(sql, [id])).toEqual([]);
  });

  it.each([
    ['a price', { priceCents: 1 }],
    ['a title of nothing', { title: '  ' }],
    ['a cover that is no address', { coverUrl: 'javascript:alert(1)' }],
    ['a cover that is not kept', { coverUrl: LOST_PICTURE }],
  ])('refuse %s', async (_, body) => {
    const { id } = await drafted();
    const answer = await admin.call('PATCH', `/events/${id}/texts`, body);
    expect((await answer.json<Problem>()).code).toBe('malformed');
  });
});

describe('planning an event once more', () => {
  it('makes a draft of the same plan whole weeks later, at the same time of day', async () => {
    const zone = { timeZone: 'Europe/Copenhagen', startsAt: '2027-03-20T10:00' };
    const event = await drafted({ ...zone, endsAt: '2027-03-20T12:00', published: true });
    const answer = await admin.call('POST', `/events/${event.id}/duplicate`);
    expect(answer.status).toBe(201);
    const copy = await answer.json<AdminEvent>();
    expect(answer.headers.get('Location')).toBe(`/api/v1/admin/events/${copy.id}`);
    expect(copy.id).not.toBe(event.id);
    expect(copy.published).toBe(false);
    expect(copy.planned).toMatchObject({
      // A week later, before the clocks are put forward.
      startsAtLocal: '2027-03-27T10:00',
      endsAtLocal: '2027-03-27T12:00',
    });
    const [item] = event.items;
    expect(copy.items).toEqual([
      { ...item, id: copy.items[0]?.id, stock: { total: 3, remaining: 3, held: 0, sold: 0 } },
    ]);
  });

  it('of a sale that is over opens a day from now at the earliest', async () => {
    const { eventId, eventItemId } = await makeEvent();
    await reserve(await makeShopper(), eventItemId);
    await movePlan(eventId, -5 * WEEK_MS);
    const copy = await (
      await admin.call('POST', `/events/${eventId}/duplicate`, { title: 'Once more' })
    ).json<AdminEvent>();
    const aheadMs = Date.parse(copy.startsAt) - Date.now();
    expect(copy.title).toBe('Once more');
    expect(aheadMs).toBeGreaterThan(DAY_MS - HOUR_MS);
    expect(aheadMs).toBeLessThanOrEqual(DAY_MS + WEEK_MS);
    expect(copy.items[0]?.stock).toMatchObject({ held: 0, sold: 0 });
  });

  it('opens when it is asked to, as long as the event', async () => {
    const { id } = await drafted();
    const startsAt = inFuture(30 * HOUR_MS);
    const copy = await (
      await admin.call('POST', `/events/${id}/duplicate`, { startsAt })
    ).json<AdminEvent>();
    expect(copy.startsAt).toBe(startsAt);
    expect(Date.parse(copy.endsAt) - Date.parse(copy.startsAt)).toBeCloseTo(HOUR_MS, -3);
    const past = await admin.call('POST', `/events/${id}/duplicate`, {
      startsAt: inFuture(-DAY_MS),
    });
    expect(await past.json()).toMatchObject({ code: 'malformed', errors: [{ path: 'startsAt' }] });
  });

  it('is made once for one key', async () => {
    const { id } = await drafted();
    const headers = { 'Idempotency-Key': `"${crypto.randomUUID()}"` };
    const [one, two] = [
      await admin.callWith(headers, 'POST', `/events/${id}/duplicate`),
      await admin.callWith(headers, 'POST', `/events/${id}/duplicate`),
    ];
    expect((await two.json<AdminEvent>()).id).toBe((await one.json<AdminEvent>()).id);
    expect(two.headers.get('Idempotent-Replayed')).toBe('true');
  });
});

describe('deleting an event', () => {
  it('takes it away, with its items, for everybody', async () => {
    const { eventId, eventItemId } = await makeEvent();
    expect(await isPublic(eventId)).toBe(true);
    expect((await admin.call('DELETE', `/events/${eventId}`)).status).toBe(204);
    expect((await admin.call('GET', `/events/${eventId}`)).status).toBe(404);
    expect((await admin.call('DELETE', `/events/${eventId}`)).status).toBe(404);
    const late = await reserve(await makeShopper(), eventItemId);
    expect((await late.json<Problem>()).code).toBe('not_found');
  });

  it('is refused once something of it was held, also after that was given back', async () => {
    const { eventId, eventItemId } = await makeEvent();
    const shopper = await makeShopper();
    const { order } = await (await reserve(shopper, eventItemId)).json<{ order: { id: string } }>();
    const refused = await admin.call('DELETE', `/events/${eventId}`);
    expect(await refused.json()).toMatchObject({ status: 409, code: 'event_in_use' });
    await call('POST', `/purchase/${order.id}/cancel`, { token: shopper.token });
    expect((await admin.call('DELETE', `/events/${eventId}`)).status).toBe(409);
    expect(await isPublic(eventId)).toBe(true);
  });

  it('is refused once somebody entered its queue', async () => {
    const { eventId } = await makeWaitlist();
    const refused = await admin.call('DELETE', `/events/${eventId}`);
    expect(refused.status).toBe(409);
  });

  it('is refused where somebody changed it since it was looked at', async () => {
    const { id } = await drafted();
    const seen = await admin.call('GET', `/events/${id}`);
    const headers = { 'If-Match': seen.headers.get('ETag') ?? '' };
    await admin.call('PATCH', `/events/${id}/texts`, { title: 'Other lamps' });
    expect((await admin.callWith(headers, 'DELETE', `/events/${id}`)).status).toBe(412);
    const now = await admin.call('GET', `/events/${id}`);
    const seenNow = { 'If-Match': now.headers.get('ETag') ?? '' };
    expect((await admin.callWith(seenNow, 'DELETE', `/events/${id}`)).status).toBe(204);
  });
});
