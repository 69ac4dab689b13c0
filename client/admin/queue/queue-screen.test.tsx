import { act, cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { OrderId, QueueEntryId, UserId } from '../../../worker/contract/ids.ts';
import type { AdminQueueEntry } from '../../../worker/contract/queue-administration.ts';
import { anEvent, EVENT_ID, ITEM_ID, instant, MINUTE_MS, NOON_MS } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { ADMIN_EN } from '../texts/en.ts';
import { QueueScreen } from './queue-screen.tsx';

const { lookup, disqualify } = ADMIN_EN.queue;
const BUTTON = `${disqualify.action}: maja@example.com`;

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function anEntry(fields: Partial<AdminQueueEntry> = {}): AdminQueueEntry {
  return {
    id: 'ent_000000000001_000000000000000001' as QueueEntryId,
    eventId: EVENT_ID,
    eventItemId: ITEM_ID,
    itemName: 'Headphones',
    variantLabel: null,
    customerId: 'usr_000000000000000001' as UserId,
    customerEmail: 'maja@example.com',
    quantity: 2,
    minQuantity: 1,
    status: 'waiting',
    reason: null,
    enteredAt: instant(NOON_MS),
    endedAt: null,
    seq: 7,
    rank: 7,
    orderId: null,
    order: null,
    ...fields,
  };
}

async function open(entry: AdminQueueEntry, answer?: Awaited<ReturnType<AdminApi['disqualify']>>) {
  const serverNow = instant(NOON_MS);
  const event = anEvent();
  const { startsAt, endsAt } = event;
  const planned = { startsAt, endsAt, startsAtLocal: '', endsAtLocal: '' };
  const plan = {
    published: true,
    timeZone: 'UTC',
    planned,
    openedAt: null,
    closedAt: null,
    hasEntries: false,
    cancellation: null,
  };
  const queueEntries = vi.fn<AdminApi['queueEntries']>(async () =>
    ok({ entries: [entry], nextCursor: null, serverNow }),
  );
  const skipped = { ...entry, status: 'skipped' as const, reason: 'disqualified' as const };
  const sent = vi.fn<AdminApi['disqualify']>(
    async () => answer ?? ok({ entry: { ...skipped, endedAt: serverNow }, serverNow }),
  );
  await drawInConsole(<QueueScreen id={EVENT_ID} />, {
    getEvent: async () => ok({ ...event, ...plan }),
    queueEntries,
    disqualify: sent,
  });
  return { queueEntries, sent };
}

async function search(typed: string) {
  const field = screen.getByLabelText(lookup.who);
  fireEvent.input(field, { target: { value: typed } });
  await act(() => void fireEvent.submit(field.closest('form') ?? document.body));
  await settle();
}

/** Opens the dialog, gives a reason and sends it. */
async function press(reason: string) {
  fireEvent.click(screen.getByRole('button', { name: BUTTON }));
  await settle();
  const field = screen.getByLabelText(disqualify.reason);
  fireEvent.input(field, { target: { value: reason } });
  await act(() => void fireEvent.submit(field.closest('form') ?? document.body));
  await settle();
}

test('an entry is shown with its place, its wish and its customer', async () => {
  await open(anEntry());
  const row = within(screen.getByRole('listitem'));
  expect(row.getByText('Place 7')).toBeTruthy();
  expect(row.getByText('2 units, at least 1')).toBeTruthy();
  expect(row.getByText(lookup.statuses.waiting)).toBeTruthy();
  const customer = row.getByRole('link', { name: 'maja@example.com' });
  expect(customer.getAttribute('href')).toBe('/admin/orders?customer=usr_000000000000000001');
});

test('an offer leads to its order, and cannot be disqualified any more', async () => {
  const id = 'ord_000000000001_000000000000000001' as OrderId;
  const expiresAt = instant(NOON_MS + 5 * MINUTE_MS);
  const order = { id, status: 'pending' as const, quantity: 2, expiresAt };
  await open(anEntry({ status: 'offered', orderId: id, order }));
  expect(screen.getByRole('link', { name: 'Offer of 2 units' }).getAttribute('href')).toBe(
    `/admin/orders?event=${EVENT_ID}&customer=usr_000000000000000001`,
  );
  expect(screen.getByText('On hold')).toBeTruthy();
  expect(screen.queryByRole('button', { name: BUTTON })).toBeNull();
});

test('who entered a draw has no place before it is drawn', async () => {
  await open(anEntry({ rank: null }));
  expect(screen.getByText(lookup.unranked)).toBeTruthy();
});

test('a customer is looked up by a whole address or id, and by nothing less', async () => {
  const { queueEntries } = await open(anEntry());
  await search('Maja@example.com');
  expect(queueEntries.mock.lastCall?.slice(0, 2)).toEqual([
    EVENT_ID,
    { email: 'maja@example.com' },
  ]);
  const asked = queueEntries.mock.calls.length;
  await search('maja');
  expect(screen.getByText(lookup.unread)).toBeTruthy();
  expect(queueEntries.mock.calls.length).toBe(asked);
});

test('an entry is disqualified with a reason, and the row says so and has the focus', async () => {
  const { sent } = await open(anEntry());
  await press('  Forty accounts of one person  ');
  expect(sent.mock.calls).toEqual([[anEntry().id, 'Forty accounts of one person']]);
  const row = within(screen.getByRole('listitem'));
  expect(row.getByText(lookup.reasons.disqualified)).toBeTruthy();
  expect(screen.queryByRole('button', { name: BUTTON })).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('article'));
});

test('without a reason nothing is sent', async () => {
  const { sent } = await open(anEntry());
  await press('   ');
  expect(sent).not.toHaveBeenCalled();
  expect(screen.getByLabelText(disqualify.reason).getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByText(ADMIN_EN.faults.required)).toBeTruthy();
});

test('an entry that was served meanwhile stays as it is, and the dialog says so', async () => {
  await open(anEntry(), refused({ code: 'not_waiting' }));
  await press('A bot');
  expect(screen.getByRole('alert')).toBeTruthy();
  expect(screen.getByRole('button', { name: BUTTON })).toBeTruthy();
});
