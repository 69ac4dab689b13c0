/** Events that are closed by hand before they open, as every reader sees them. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type {
  AdminEvent,
  AdminEventList,
  DashboardList,
  EventDashboard,
} from '../../contract/administration.ts';
import type { EventDetail, EventList } from '../../contract/events.ts';
import { readLiveState } from '../../live/object/read-live-state.ts';
import { closeEvent, openEvent } from '../../stores/postgres/event-controls.ts';
import { elementsOf, pagesWith } from '../../testing/pages.ts';
import { call, deps, makeEvent, makeShopper, readEvent, type Shopper } from '../../testing/shop.ts';

const HOUR_MS = 3_600_000;

let admin: Shopper;

beforeAll(async () => {
  admin = await makeShopper('admin');
});

function at(ms: number): string {
  return new Date(Date.now() + ms).toISOString();
}

async function read<Body>(method: string, path: string): Promise<Body> {
  const answer = await call(method, path, { token: admin.token });
  expect(answer.status).toBe(200);
  return answer.json<Body>();
}

describe('an event that is closed before it opens', () => {
  let eventId: Awaited<ReturnType<typeof makeEvent>>['eventId'];
  let title: string;
  let times: { startsAt: string; endsAt: string };

  beforeEach(async () => {
    title = `called off ${Math.floor(performance.now() * 1_000)}`;
    times = { startsAt: at(HOUR_MS), endsAt: at(2 * HOUR_MS) };
    ({ eventId } = await makeEvent({ title, ...times }));
    await read('POST', `/admin/events/${eventId}/close`);
  });

  it('is closed and keeps its planned times, wherever it is read', async () => {
    const kept = { id: eventId, status: 'closed', ...times };
    const query = `?status=closed&q=${encodeURIComponent(title)}`;
    expect(await read<EventDetail>('GET', `/events/${eventId}`)).toMatchObject(kept);
    expect((await read<EventList>('GET', `/events${query}`)).events).toMatchObject([kept]);
    const event = await read<AdminEvent>('GET', `/admin/events/${eventId}`);
    expect(event).toMatchObject({ ...kept, closedAt: expect.any(String), openedAt: null });
    const list = await read<AdminEventList>('GET', `/admin/events${query}`);
    expect(list.events).toMatchObject([kept]);
    const figures = await read<EventDashboard>('GET', `/admin/events/${eventId}/dashboard`);
    expect(figures).toMatchObject(kept);
    const dashboard = await read<DashboardList>('GET', '/admin/events/dashboard?limit=100');
    expect(dashboard.events.find(({ id }) => id === eventId)).toMatchObject(kept);
    for (const status of ['locked', 'live', 'sold_out']) {
      const others = `?status=${status}&q=${encodeURIComponent(title)}`;
      expect((await read<EventList>('GET', `/events${others}`)).events).toEqual([]);
    }
  });

  it('is closed for those who watch it, though its planned end lies ahead', async () => {
    const state = await readLiveState(deps.stores.db, eventId, Date.now());
    expect(state?.closesAtMs).toBe(0);
  });

  it('is over for search engines, between its planned times', async () => {
    const page = await (await pagesWith()(`/events/${eventId}`)).text();
    const [block] = await elementsOf(page, 'script[type="application/ld+json"]');
    const { '@graph': products } = JSON.parse(block?.text ?? '') as {
      '@graph': { offers: object }[];
    };
    expect(products[0]?.offers).toMatchObject({
      availability: 'https://schema.org/Discontinued',
      availabilityStarts: times.startsAt,
      availabilityEnds: times.endsAt,
    });
  });

  it('opens at the moment at which it is opened again, before its start and after it', async () => {
    const opened = await read<AdminEvent>('POST', `/admin/events/${eventId}/open`);
    expect(opened).toMatchObject({ status: 'live', endsAt: times.endsAt, closedAt: null });
    expect(Date.parse(opened.startsAt)).toBeLessThan(Date.parse(times.startsAt));
    await read('POST', `/admin/events/${eventId}/close`);

    const late = await makeEvent(times);
    const lateMs = Date.parse(times.startsAt) + 60_000;
    await closeEvent(deps.stores.db, late.eventId, { actor: 'a test', nowMs: Date.now() });
    expect(await openEvent(deps.stores.db, late.eventId, { actor: 'a test', nowMs: lateMs })).toBe(
      'opened',
    );
    const event = await readEvent(late.eventId);
    expect(event.startsAt).toBe(new Date(lateMs).toISOString());
  });
});

it('an event that is closed while it is on ends then, and one opened again goes on', async () => {
  const startsAt = at(-HOUR_MS);
  const { eventId } = await makeEvent({ startsAt });
  const before = Date.now();
  const closed = await read<AdminEvent>('POST', `/admin/events/${eventId}/close`);
  expect(closed).toMatchObject({ status: 'closed', startsAt, endsAt: closed.closedAt });
  expect(Date.parse(closed.endsAt)).toBeGreaterThanOrEqual(before);
  const opened = await read<AdminEvent>('POST', `/admin/events/${eventId}/open`);
  expect(opened).toMatchObject({ status: 'live', startsAt, endsAt: opened.planned.endsAt });
});

it('an event is never closed before it was opened by hand, whatever another clock says', async () => {
  const { eventId } = await makeEvent({ startsAt: at(HOUR_MS) });
  const openedAtMs = Date.now();
  await openEvent(deps.stores.db, eventId, { actor: 'a test', nowMs: openedAtMs });
  await closeEvent(deps.stores.db, eventId, { actor: 'a test', nowMs: openedAtMs - 500 });
  const openedAt = new Date(openedAtMs).toISOString();
  expect(await readEvent(eventId)).toMatchObject({
    status: 'closed',
    startsAt: openedAt,
    endsAt: openedAt,
  });
});
