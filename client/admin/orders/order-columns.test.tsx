import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminOrder } from '../../../worker/contract/administration.ts';
import { instant, NOON_MS } from '../../testing/builders.ts';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aDetail } from '../../testing/orders.ts';
import { Table } from '../lists/table.tsx';
import { ADMIN_EN } from '../texts/en.ts';
import { orderColumns } from './order-columns.tsx';
import type { OrderPlace } from './order-filter.ts';

const TO_SEND = ADMIN_EN.orders.deliveries.to_send;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function draw(fields: Partial<AdminOrder>, place: OrderPlace = {}) {
  const columns = orderColumns(place);
  const entries = [aDetail(fields)];
  await drawInConsole(
    <Table name="orders" caption="Orders" columns={columns} entries={entries} />,
    {},
  );
}

const badges = () => [...document.querySelectorAll('.badge')].map(({ textContent }) => textContent);

test.each([
  [{}, ['Confirmed']],
  [{ unitsReturned: 1 }, ['Confirmed', 'Partly returned']],
  [{ unitsReturned: 2 }, ['Returned']],
  [{ status: 'cancelled', unitsReturned: 0 }, ['Cancelled']],
] as const)('an order says whether its units were given back: %j', async (fields, words) => {
  await draw(fields);
  expect(badges()).toEqual(words);
});

test('an order that was sent says when, and one that is to be sent says so', async () => {
  await draw({ sentAt: instant(NOON_MS) });
  expect(screen.getByText(/^Sent /).textContent).toMatch(/12:00/);
  expect(screen.queryByText(TO_SEND)).toBeNull();
  cleanup();
  await draw({ sentAt: null });
  expect(screen.queryByText(/^Sent /)).toBeNull();
  expect(screen.getByText(TO_SEND)).toBeTruthy();
});

test.each([[{ status: 'pending' }], [{ status: 'cancelled' }], [{ unitsReturned: 2 }]] as const)(
  'what nobody keeps is not to be sent: %j',
  async (fields) => {
    await draw({ sentAt: null, ...fields });
    expect(screen.queryByText(TO_SEND)).toBeNull();
  },
);

test('an order is called by its number, not by its id', async () => {
  const { id } = aDetail();
  await draw({});
  expect(screen.getByRole('table').textContent).not.toContain(id);
});

test('an order’s page is told how the list was narrowed', async () => {
  const { id, number } = aDetail();
  await draw({}, { q: 'maja', delivery: 'to_send' });
  expect(screen.getByRole('link', { name: number }).getAttribute('href')).toBe(
    `/admin/orders/${id}?q=maja&delivery=to_send`,
  );
});
