import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventDashboard } from '../../../worker/contract/administration.ts';
import type { Cancellation } from '../../../worker/contract/cancellation.ts';
import type { UserId } from '../../../worker/contract/ids.ts';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { drawInConsole } from '../../testing/open-console.tsx';
import { EventFigures } from './event-figures.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const AT = instant(NOON_MS);
const FIGURES: EventDashboard = {
  id: 'evt_000000000001' as EventDashboard['id'],
  title: 'Night',
  status: 'closed',
  published: true,
  startsAt: AT,
  endsAt: AT,
  currency: 'EUR',
  stock: { total: 210, remaining: 210, held: 0, sold: 0 },
  orders: { pending: 0, confirmed: 200, cancelled: 0, expired: 0 },
  revenueCents: 0,
  serverNow: AT,
  refusals: {},
  sellThrough: { bucketSeconds: 1, points: [] },
  topByUnits: [],
  topByRevenue: [],
};
const CANCELLATION: Cancellation = {
  reason: 'Flooded',
  at: AT,
  by: { id: 'usr_000000000000000001' as UserId, name: 'Grace' },
  orders: 200,
  units: 205,
  givenBack: [{ currency: 'EUR', amountCents: 980_000 }],
  refunded: 200,
  open: 0,
  failed: 0,
  failedOrders: [],
  isDone: true,
  doneAt: AT,
};

test('an event that takes place has the figures of its sale', async () => {
  await drawInConsole(<EventFigures figures={FIGURES} cancellation={null} />, {});
  expect(cells()).toContain('Units left 210');
  expect(cells()).toContain('Units sold 0');
  expect(cells()).toContain('Revenue from items €0.00');
  expect(screen.getByText(/^Revenue counts the items/)).toBeTruthy();
});

test('of a cancelled one it is said what was sold before, and what was given back', async () => {
  await drawInConsole(<EventFigures figures={FIGURES} cancellation={CANCELLATION} />, {});
  expect(cells()).toEqual([
    'Units sold before it was cancelled 205',
    'Orders confirmed before 200',
    'Refunded money €9,800.00',
  ]);
});

function cells(): string[] {
  return screen
    .getAllByRole('term')
    .map((name) => `${name.textContent} ${name.nextElementSibling?.textContent}`);
}
