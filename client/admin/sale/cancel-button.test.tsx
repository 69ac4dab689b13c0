import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { Cancellation } from '../../../worker/contract/cancellation.ts';
import type { OrderId, UserId } from '../../../worker/contract/ids.ts';
import { anEvent, instant, NOON_MS } from '../../testing/builders.ts';
import { ok } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { CancelButton } from './cancel-button.tsx';
import { CancelProgress, isCancelling } from './cancel-progress.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const AT = instant(NOON_MS);
const CANCELLATION: Cancellation = {
  reason: 'The hall was flooded',
  at: AT,
  by: { id: 'usr_000000000000000001' as UserId, name: 'Grace' },
  orders: 3,
  refunded: 1,
  open: 1,
  failed: 1,
  failedOrders: [
    { id: 'ord_000000000001_000000000000000001' as OrderId, number: '4F7K-9QX2-M3HT' },
  ],
  isDone: true,
  units: 4,
  givenBack: [{ currency: 'EUR', amountCents: 49_800 }],
  doneAt: null,
};

function anAdminEvent(fields: Partial<AdminEvent> = {}): AdminEvent {
  const times = { startsAt: AT, endsAt: AT, startsAtLocal: '', endsAtLocal: '' };
  const plan = { published: true, timeZone: 'UTC', planned: times, openedAt: null };
  return {
    ...anEvent(),
    ...plan,
    closedAt: null,
    hasEntries: false,
    cancellation: null,
    ...fields,
  };
}

async function draw(previewCancel = vi.fn<AdminApi['previewCancel']>(async () => ok(PREVIEW))) {
  const cancelEvent = vi.fn<AdminApi['cancelEvent']>(async () =>
    ok(anAdminEvent({ cancelledAt: AT })),
  );
  const onCancelled = vi.fn<(event: AdminEvent) => void>();
  await drawInConsole(
    <CancelButton event={anAdminEvent()} isInert={false} onCancelled={onCancelled} />,
    { previewCancel, cancelEvent },
  );
  return { cancelEvent, onCancelled, previewCancel };
}

const PREVIEW = {
  orders: 200,
  holds: 3,
  waiting: 12,
  amounts: [{ currency: 'EUR', amountCents: 4_980_000 }],
  serverNow: AT,
};

const press = (name: string, nth = 0) =>
  fireEvent.click(screen.getAllByRole('button', { name, hidden: true })[nth] as HTMLElement);

test('what it ends is said before, and it is done with a reason alone', async () => {
  const { cancelEvent, onCancelled } = await draw();
  press('Cancel the event');
  await settle();
  expect(screen.getByText('Orders that are returned: 200')).toBeTruthy();
  expect(screen.getByText(/^Refunded: .*49,800\.00/)).toBeTruthy();
  const reason = screen.getByLabelText(/^Reason/);
  expect(reason.getAttribute('aria-required')).toBe('true');
  const hint = document.getElementById(reason.getAttribute('aria-describedby') ?? '');
  expect(hint?.textContent).toMatch(/^Required\./);
  press('Cancel the event', 1);
  await settle();
  expect(cancelEvent).not.toHaveBeenCalled();
  fireEvent.input(screen.getByLabelText(/^Reason/), { target: { value: ' Flooded ' } });
  press('Cancel the event', 1);
  await settle();
  expect(onCancelled).toHaveBeenCalledOnce();
  expect(cancelEvent).toHaveBeenCalledWith(anAdminEvent().id, 'Flooded');
});

test('nothing is cancelled while what it ends is not known', async () => {
  const { cancelEvent } = await draw(
    vi.fn<AdminApi['previewCancel']>(() => new Promise<never>(() => {})),
  );
  press('Cancel the event');
  fireEvent.input(screen.getByLabelText(/^Reason/), { target: { value: 'Flooded' } });
  press('Cancel the event', 1);
  await settle();
  expect(cancelEvent).not.toHaveBeenCalled();
});

const colours = () => document.querySelector('section')?.className;

test('how far it has come is shown, with a link to what failed', async () => {
  await drawInConsole(<CancelProgress cancellation={CANCELLATION} isPaid />, {});
  expect(screen.getByText('Refunded: 1 of 3 orders')).toBeTruthy();
  expect(screen.getByText('The hall was flooded')).toBeTruthy();
  expect(screen.getByRole('link', { name: '4F7K-9QX2-M3HT' }).getAttribute('href')).toBe(
    '/admin/orders/ord_000000000001_000000000000000001',
  );
  expect(colours()).not.toContain('notice-calm');
  expect(isCancelling(CANCELLATION)).toBe(true);
  expect(isCancelling({ ...CANCELLATION, open: 0 })).toBe(false);
  expect(isCancelling({ ...CANCELLATION, open: 0, isDone: false })).toBe(true);
});

test('that all was done says when, where that is known', async () => {
  const done = { ...CANCELLATION, refunded: 3, open: 0, failed: 0, failedOrders: [] };
  await drawInConsole(<CancelProgress cancellation={{ ...done, doneAt: AT }} isPaid />, {});
  expect(screen.getByText(/^All was done .*22 Nov.*Nothing is left/)).toBeTruthy();
  cleanup();
  await drawInConsole(<CancelProgress cancellation={done} isPaid={false} />, {});
  expect(screen.getByText('Nothing is left to be done.')).toBeTruthy();
  expect(colours()).toContain('notice-calm');
  expect(screen.getByText('Orders ended: 3 of 3')).toBeTruthy();
});
