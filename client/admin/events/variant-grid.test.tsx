/** An item in sizes in the form of an event. */
import { act, cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { anEvent } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import { aShoe, aSize } from '../../testing/variants.ts';
import type { AdminApi } from '../api/admin-api.ts';
import { EditEventScreen, NewEventScreen } from './event-form-screens.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const CATALOGUE: Partial<AdminApi> = {
  listItems: async () => ok({ items: [aShoe()], nextCursor: null, serverNow: '' }),
  getItem: async () => ok(aShoe()),
};

async function type(label: string, value: string) {
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
  await settle();
}

async function submit() {
  fireEvent.submit(document.querySelector('form') ?? document.body);
  await settle();
}

function valueOf(label: string) {
  return screen.getByLabelText<HTMLInputElement>(label).value;
}

function noteOf(control: HTMLElement) {
  return document.getElementById(control.getAttribute('aria-describedby') ?? '')?.textContent;
}

async function planShoe(createEvent: AdminApi['createEvent']) {
  await drawInConsole(<NewEventScreen />, { ...CATALOGUE, createEvent });
  const picker = screen.getByLabelText('Add an item from the catalogue');
  await act(() => void fireEvent.change(picker, { target: { value: aShoe().id } }));
  await settle();
  await type('Title', 'Night of shoes');
  await type('Price in EUR', '90');
}

function anAdminEvent(fields: Partial<AdminEvent> = {}): AdminEvent {
  const event = anEvent({ status: 'locked', items: [aSize('41'), aSize('43')] });
  const planned = {
    startsAt: event.startsAt,
    endsAt: event.endsAt,
    startsAtLocal: '2026-11-23T12:00',
    endsAtLocal: '2026-11-23T13:00',
  };
  const plan = {
    published: true,
    timeZone: 'UTC',
    planned,
    openedAt: null,
    closedAt: null,
    hasEntries: false,
    cancellation: null,
  };
  return { ...event, ...plan, ...fields };
}

test('each size has a stock, one may be left out or have a price of its own, and they are added up', async () => {
  const createEvent = vi.fn<AdminApi['createEvent']>(async () => refused({ code: 'offline' }));
  await planShoe(createEvent);
  expect(screen.queryByLabelText('Stock')).toBeNull();
  await type('Same stock for all', '5');
  await act(() => void fireEvent.click(screen.getByRole('button', { name: 'Set for all: Shoe' })));
  await type('Stock: 42', '');
  await type('Price: 43', '95');
  expect(screen.getByText('Units in all: 10')).toBeTruthy();
  await type('Limit per customer, over all variants', '2');
  await submit();
  const [first, , third] = aShoe().variants;
  expect(createEvent.mock.calls[0]?.[0].items).toEqual([
    {
      itemId: aShoe().id,
      priceCents: 9_000,
      limitPerCustomer: 2,
      variants: [
        { variantId: first?.id, stock: 5 },
        { variantId: third?.id, stock: 5, priceCents: 9_500 },
      ],
    },
  ]);
});

test('what is wrong with a size is shown at its field, whoever finds it', async () => {
  const fields = [
    { path: 'items.0.variants.1.stock', message: 'Too big: expected number to be <=1000000' },
  ];
  const createEvent = vi.fn<AdminApi['createEvent']>(async () =>
    refused({ code: 'malformed', fields }),
  );
  await planShoe(createEvent);
  await submit();
  const first = screen.getByLabelText('Stock: 41');
  expect(noteOf(first)).toBe('Give at least one variant a stock.');
  expect(document.activeElement).toBe(first);
  await type('Stock: 42', '1.5');
  await submit();
  expect(noteOf(screen.getByLabelText('Stock: 42'))).toBe('This must be a whole number.');
  expect(createEvent).not.toHaveBeenCalled();
  await type('Stock: 42', '1');
  await type('Stock: 43', '2000000');
  await submit();
  const third = screen.getByLabelText('Stock: 43');
  expect(noteOf(third)).toBe('Use 1,000,000 or less.');
  expect(document.activeElement).toBe(third);
});

test('an event is edited with what it sells, and what it could sell besides', async () => {
  const replaceEvent = vi.fn<AdminApi['replaceEvent']>(async () => refused({ code: 'offline' }));
  const getEvent = vi.fn<AdminApi['getEvent']>(async () => ok(anAdminEvent()));
  await drawInConsole(<EditEventScreen id="evt_1" />, { ...CATALOGUE, getEvent, replaceEvent });
  expect(['41', '42', '43'].map((label) => valueOf(`Stock: ${label}`))).toEqual(['10', '', '10']);
  await type('Stock: 42', '4');
  await type('Stock: 41', '');
  await submit();
  const [, second, third] = aShoe().variants;
  expect(replaceEvent.mock.calls[0]?.[1].items[0]?.variants).toEqual([
    { variantId: second?.id, stock: 4 },
    { variantId: third?.id, stock: 10 },
  ]);
});

test('an item that has got sizes since it was planned offers them when the server misses them', async () => {
  const fields = [{ path: 'items.0.variants', message: 'must say which variants are sold' }];
  const replaceEvent = vi.fn<AdminApi['replaceEvent']>(async () =>
    refused({ code: 'malformed', fields }),
  );
  const items = [aSize('41', { variant: null })];
  const getEvent = async () => ok(anAdminEvent({ items }));
  await drawInConsole(<EditEventScreen id="evt_1" />, { ...CATALOGUE, getEvent, replaceEvent });
  expect(screen.queryByLabelText('Stock: 41')).toBeNull();
  await submit();
  await type('Stock: 41', '3');
  await submit();
  const [first] = aShoe().variants;
  const [sent] = replaceEvent.mock.calls[1]?.[1].items ?? [];
  expect(sent).toMatchObject({ variants: [{ variantId: first?.id, stock: 3 }] });
  expect(sent).not.toHaveProperty('stock');
});

test('what others changed in sizes is shown in a line', async () => {
  const theirs = anAdminEvent({ items: [aSize('41'), aSize('42', { priceCents: 9_500 })] });
  const getEvent = vi.fn<AdminApi['getEvent']>(async () => ok({ ...theirs, version: '"2"' }));
  getEvent.mockResolvedValueOnce(ok({ ...anAdminEvent(), version: '"1"' }));
  const replaceEvent = vi.fn<AdminApi['replaceEvent']>(async () =>
    refused({ code: 'precondition_failed' }),
  );
  await drawInConsole(<EditEventScreen id="evt_1" />, { ...CATALOGUE, getEvent, replaceEvent });
  await submit();
  const notice = within(screen.getByRole('alert'));
  expect(notice.getByText(/Shoe: 90.00/).textContent).toBe(
    'Items on sale: Shoe: 90.00 (41 × 10, 42 × 10 at 95.00)',
  );
});
