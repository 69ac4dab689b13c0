import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Home } from '../../../worker/contract/home.ts';
import type { EventId, EventItemId } from '../../../worker/contract/ids.ts';
import type { Revenue } from '../../../worker/contract/revenue.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { RevenueRange } from '../api/home-calls.ts';
import { HomeScreen } from './home-screen.tsx';

const NOW_MS = Date.UTC(2030, 4, 9, 12);

beforeEach(() => void vi.useFakeTimers({ now: NOW_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const CALM: Home = {
  live: { events: [], hasMore: false },
  next: { events: [], hasMore: false },
  attention: {
    givenUp: 0,
    payments: { late: 0, failed: 0, owed: 0, disputed: 0, answerBy: null, answerOrderId: null },
    reports: { reviews: 0, comments: 0 },
    lowStock: { items: [], hasMore: false },
    unsent: 0,
    legalMissing: [],
  },
  serverNow: new Date(NOW_MS).toISOString(),
};

const EUR = { currency: 'EUR', orders: 3, units: 4, grossCents: 9_000, refundedCents: 1_000 };
const REVENUE: Revenue = {
  by: 'day',
  timeZone: 'UTC',
  buckets: [
    { from: '2030-05-08', to: '2030-05-08', figures: [] },
    { from: '2030-05-09', to: '2030-05-09', figures: [{ ...EUR, netCents: 8_000 }] },
  ],
  totals: [{ ...EUR, netCents: 8_000 }],
  serverNow: CALM.serverNow,
};

/** @param home what is answered, or undefined where the call fails. */
async function draw(home: Home | undefined, revenue: Revenue = REVENUE) {
  const asked: RevenueRange[] = [];
  await drawInConsole(<HomeScreen />, {
    readHome: async () =>
      home ? { ok: true, value: home } : { ok: false, problem: { code: 'offline' } },
    async readRevenue(range) {
      asked.push(range);
      return { ok: true, value: revenue };
    },
  });
  return { asked };
}

const panel = (name: string) => within(screen.getByRole('region', { name }));

test('where all is well, that is what it says', async () => {
  await draw(CALM);
  expect(panel('Needs attention').getByText('Nothing needs your attention.')).toBeTruthy();
  expect(panel('Live now').getByText('No sale is live.')).toBeTruthy();
  expect(panel('Opens next').getByText('No sale is planned.')).toBeTruthy();
});

test('each thing that needs attention leads to the screen that settles it', async () => {
  await draw({
    ...CALM,
    attention: {
      givenUp: 100,
      payments: { ...CALM.attention.payments, failed: 1 },
      reports: { reviews: 1, comments: 0 },
      lowStock: {
        items: [
          {
            eventId: 'evt_1' as EventId,
            eventItemId: 'evt_1_1' as EventItemId,
            eventTitle: 'Spring sale',
            name: 'Lamp',
            variantLabel: 'Red',
            remaining: 2,
            total: 40,
            waiting: 0,
          },
        ],
        hasMore: false,
      },
      unsent: 4,
      legalMissing: ['imprint'],
    },
  });
  const list = panel('Needs attention');
  expect(list.getByText(/^99\+ deliveries were given up/)).toBeTruthy();
  expect(list.getByText(/^1 reported review waits/)).toBeTruthy();
  expect(list.getByText(/^4 orders have waited/)).toBeTruthy();
  expect(list.getByText(/2 of 40 left/)).toBeTruthy();
  expect(list.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual([
    '/admin/outbox?outcome=given_up&kind=payment.capture',
    '/admin/outbox?outcome=given_up',
    '/admin/moderation',
    '/admin/orders?delivery=to_send',
    '/admin/events/evt_1',
    '/admin/legal',
  ]);
});

test('a live sale says when it ends, and a draft that it is not published', async () => {
  const [live, draft] = [{ id: 'evt_1' as EventId }, { id: 'evt_2' as EventId }];
  const stock = { total: 10, remaining: 4, held: 0, sold: 6 };
  await draw({
    ...CALM,
    live: {
      events: [
        {
          ...live,
          title: 'Today',
          startsAt: '2030-05-09T10:00:00.000Z',
          endsAt: '2030-05-09T12:30:00.000Z',
          stock,
        },
      ],
      hasMore: false,
    },
    next: {
      events: [{ ...draft, title: 'Soon', startsAt: '2030-05-11T13:00:00.000Z', published: false }],
      hasMore: true,
    },
  });
  expect(panel('Live now').getByText('Ends in 30 minutes')).toBeTruthy();
  const next = panel('Opens next');
  expect(next.getByText('Opens in 2 days, not published')).toBeTruthy();
  expect(next.getByRole('link', { name: 'All events' })).toBeTruthy();
});

test('revenue has its totals, a drawing that is put into words, and a table', async () => {
  await draw(CALM);
  const revenue = panel('Revenue');
  const words = 'Revenue over time. Most in 9 May: €80.00.';
  expect(revenue.getByRole('img', { name: words })).toBeTruthy();
  expect(revenue.getAllByRole('row')).toHaveLength(3);
  expect(revenue.getByText('€90.00')).toBeTruthy();
});

test('another time is asked for as days of the zone', async () => {
  const { asked } = await draw(CALM);
  expect(asked.at(-1)).toMatchObject({ from: '2030-04-10', to: '2030-05-09', by: 'day' });
  fireEvent.change(screen.getByRole('combobox', { name: 'Time' }), { target: { value: 'year' } });
  await settle();
  expect(asked.at(-1)).toMatchObject({ from: '2029-05-10', to: '2030-05-09', by: 'month' });
});

test('of two currencies one is shown at a time', async () => {
  const JPY = { currency: 'JPY', orders: 1, units: 1, grossCents: 700, refundedCents: 0 };
  const totals = [...REVENUE.totals, { ...JPY, netCents: 700 }];
  await draw(CALM, { ...REVENUE, totals });
  const revenue = panel('Revenue');
  expect(revenue.queryByText(/700/)).toBeNull();
  fireEvent.change(screen.getByRole('combobox', { name: 'Currency' }), {
    target: { value: 'JPY' },
  });
  await settle();
  expect(revenue.getAllByText(/700/).length).toBeGreaterThan(0);
});

test('what failed to load can be asked for again, and revenue is there without it', async () => {
  await draw(undefined);
  expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  expect(panel('Revenue').getByText('€90.00')).toBeTruthy();
});
