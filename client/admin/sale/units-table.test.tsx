import { act, cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { anEvent, anItem } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aSize } from '../../testing/variants.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { UnitsTable } from './units-table.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function aSale(): AdminEvent {
  const event = anEvent({ items: [aSize('41'), anItem(), aSize('42', { priceCents: 9_500 })] });
  const { startsAt, endsAt } = event;
  const planned = { startsAt, endsAt, startsAtLocal: '', endsAtLocal: '' };
  const plan = { published: true, timeZone: 'UTC', planned, openedAt: null, closedAt: null };
  return { ...event, ...plan, hasEntries: false, cancellation: null };
}

test('the sizes of an item stand under it, each with its units, and are added up', async () => {
  const onChanged = vi.fn<() => void>();
  await drawInConsole(<UnitsTable event={aSale()} onChanged={onChanged} />, {});
  const [shoe, headphones] = screen.getAllByRole('heading', { level: 3 });
  expect(shoe?.textContent).toBe('Shoe');
  expect(headphones?.textContent).toContain('Headphones');
  const sizes = screen.getAllByRole('heading', { level: 4 }).map(({ textContent }) => textContent);
  expect(sizes).toEqual(['41 €90.00', '42 €95.00']);
  const sum = shoe?.closest('li') ?? document.body;
  expect(within(sum).getAllByRole('list')[0]?.textContent).toContain('12');
  expect(within(sum).getAllByRole('list')[0]?.textContent).toContain('20');
});

test('the units of one size are changed alone', async () => {
  const setStock = vi.fn<AdminApi['setStock']>(async () => ok(aSale()));
  await drawInConsole(<UnitsTable event={aSale()} onChanged={vi.fn<() => void>()} />, { setStock });
  const field = screen.getByLabelText('New total for Shoe · 42');
  fireEvent.input(field, { target: { value: '25' } });
  await act(() => void fireEvent.submit(field.closest('form') ?? document.body));
  await settle();
  expect(setStock.mock.calls[0]?.slice(1)).toEqual([aSize('42').id, 25]);
  expect(screen.getByText('Shoe · 42 now has 25 units in all.')).toBeTruthy();
});

test('a total below what is sold and held is refused with the numbers', async () => {
  const stock = { total: 10, remaining: 6, held: 1, sold: 3 };
  const setStock = vi.fn<AdminApi['setStock']>(async () =>
    refused({ code: 'stock_in_use', stock }),
  );
  await drawInConsole(<UnitsTable event={aSale()} onChanged={vi.fn<() => void>()} />, { setStock });
  const field = screen.getByLabelText('New total for Shoe · 41');
  fireEvent.input(field, { target: { value: '0' } });
  await act(() => void fireEvent.submit(field.closest('form') ?? document.body));
  await settle();
  expect(screen.getByRole('alert').textContent).toContain('6 of 10 left: 3 sold, 1 held.');
});

test('fewer units are refused while somebody is in the queue', async () => {
  const setStock = vi.fn<AdminApi['setStock']>(async () => refused({ code: 'has_entries' }));
  await drawInConsole(<UnitsTable event={aSale()} onChanged={vi.fn<() => void>()} />, { setStock });
  const field = screen.getByLabelText('New total for Shoe · 41');
  fireEvent.input(field, { target: { value: '5' } });
  await act(() => void fireEvent.submit(field.closest('form') ?? document.body));
  await settle();
  expect(screen.getByRole('alert').textContent).toContain('The total can only go up.');
});

test('who waits for an item is shown as money, and what would be added to it as well', async () => {
  const stock = { total: 500, remaining: 0, held: 0, sold: 500 };
  const queue = { waiting: 342, waitingUnits: 400, servedRank: 58, offers: 58 };
  const items = [anItem({ priceCents: 2_900, stock, queue })];
  const event = { ...aSale(), status: 'sold_out' as const, items };
  const setStock = vi.fn<AdminApi['setStock']>(async () => ok(event));
  await drawInConsole(<UnitsTable event={event} onChanged={vi.fn<() => void>()} />, { setStock });
  expect(screen.getByText('Served up to place').nextElementSibling?.textContent).toBe('58');
  expect(
    screen.getByText('342 people wait for 400 units: 400 more would sell for €11,600.00 at once.'),
  ).toBeTruthy();
  const field = screen.getByLabelText('New total for Headphones');
  fireEvent.input(field, { target: { value: '530' } });
  await settle();
  expect(screen.getByText('30 more: the queue would take 30 for €870.00 at once.')).toBeTruthy();
  await act(() => void fireEvent.submit(field.closest('form') ?? document.body));
  await settle();
  expect(
    screen.getByText(/has 530 units in all\. They are offered to those who wait\./),
  ).toBeTruthy();
});
