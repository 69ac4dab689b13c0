import { cleanup, screen, within } from '@testing-library/preact';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { EventStatus } from '../../../worker/contract/events.ts';
import { anEvent, aSession, instant, NOON_MS } from '../../testing/builders.ts';
import { type FakeApi, fakeApi, ok, refused } from '../../testing/fake-api.ts';
import { openShop, settle } from '../../testing/fake-shop.tsx';

// Its code is there by the time that a test asks for it.
beforeAll(() => import('../console.tsx'));
beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const METRICS = {
  lineLength: 3,
  settling: 40,
  attempts: 5_210,
  since: instant(NOON_MS - 60_000),
  groups: { count: 9, sizeMean: 41.27, waitMsMean: 4, settleMsMean: 5 },
  perSecond: {
    attempts: [100, 400],
    reserved: [50, 0],
    groups: [10, 20],
    waitMs: [12, 31],
  },
};

/** The screen of a sale whose commit metrics are answered as given, and how often they were asked for. */
async function openSale(status: EventStatus, answer: () => unknown) {
  const askMetrics = vi.fn<() => unknown>(answer);
  const { items, ...event } = anEvent({ status });
  const stock = { total: 10, remaining: 6, held: 1, sold: 3 };
  const planned = { startsAt: event.startsAt, endsAt: event.endsAt };
  const plan = {
    published: true,
    timeZone: 'UTC',
    planned,
    openedAt: null,
    closedAt: null,
    hasEntries: false,
  };
  const figures = {
    ...event,
    stock,
    orders: { pending: 1, confirmed: 3, cancelled: 0, expired: 0 },
    revenueCents: 100,
    refusals: {},
    sellThrough: { bucketSeconds: 1, points: [] },
  };
  const byId = {
    $get: () => ok({ ...event, items, ...plan }),
    dashboard: { $get: () => ok(figures) },
    line: { $get: askMetrics },
  };
  const client = { api: { v1: { admin: { events: { ':id': byId } } } } };
  const api: FakeApi = {
    ...fakeApi(),
    asCaller: async (send) => (await send(client as never, {} as never)) as never,
  };
  const session = aSession({ user: { ...aSession().user, role: 'admin' } });
  await openShop({ api, session, path: `/admin/events/${event.id}` });
  await vi.waitFor(() => expect(screen.queryByText('Revenue from items')).not.toBeNull());
  await settle();
  return askMetrics;
}

function panel() {
  return within(screen.getByRole('region', { name: 'Purchases right now' }));
}

test('the screen of an open sale shows its commit metrics, again and again', async () => {
  const askMetrics = await openSale('sold_out', () => ok(METRICS));
  const figure = (name: string) => panel().getByText(name).nextElementSibling?.textContent;
  expect(figure('Tries per second')).toBe('50');
  expect(figure('In line right now')).toBe('43');
  expect(figure('Longest wait')).toBe('31 ms');
  expect(figure('Batches per second')).toBe('3');
  expect(figure('Tries per batch')).toBe('41.3');
  expect(figure('Tries in all')).toBe('5,210');
  expect(panel().getByRole('img', { name: /at most 400/ })).toBeTruthy();
  const asked = askMetrics.mock.calls.length;
  await settle(3_000);
  expect(askMetrics.mock.calls.length).toBeGreaterThan(asked);
});

test('commit metrics that cannot be had leave the screen’s other figures as they are', async () => {
  const problem = { code: 'unavailable' as const, status: 503 };
  await openSale('live', () => refused(problem));
  expect(panel().getByText(/figures are not available/)).toBeTruthy();
  expect(screen.getByText('Units sold')).toBeTruthy();
});

test('before it opens and after it closed nobody asks for commit metrics, which would wake the object', async () => {
  for (const status of ['locked', 'closed'] as const) {
    const askMetrics = await openSale(status, () => ok(METRICS));
    expect(screen.queryByRole('region', { name: 'Purchases right now' })).toBeNull();
    expect(askMetrics).not.toHaveBeenCalled();
    cleanup();
  }
});
