import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { anEvent } from '../../testing/builders.ts';
import { ok, refused } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { ReportPanel } from './report-panel.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function aSale(fields: Partial<AdminEvent>): AdminEvent {
  const event = anEvent({ status: 'closed' });
  const { startsAt, endsAt } = event;
  const planned = { startsAt, endsAt, startsAtLocal: '', endsAtLocal: '' };
  const plan = { published: true, timeZone: 'UTC', planned, openedAt: null, closedAt: null };
  return { ...event, ...plan, hasEntries: false, cancellation: null, ...fields };
}

async function draw(event: AdminEvent, switchReport: AdminApi['switchReport']) {
  const onChanged = vi.fn<(event: AdminEvent) => void>();
  await drawInConsole(<ReportPanel event={event} onChanged={onChanged} />, { switchReport });
  return onChanged;
}

const addressOf = () => screen.queryByRole('link', { name: /\/report$/ });

test('the report of a sale that is over is made public, and nothing else is sent', async () => {
  const event = aSale({ reportPublic: false });
  const switched = aSale({ reportPublic: true });
  const switchReport = vi.fn<AdminApi['switchReport']>(async () => ok(switched));
  const onChanged = await draw(event, switchReport);
  expect(addressOf()).toBeNull();
  fireEvent.click(screen.getByLabelText('Public report'));
  await settle();
  expect(switchReport).toHaveBeenCalledWith(event.id, true);
  expect(onChanged).toHaveBeenCalledWith(switched);
});

test('the address of a public report is shown once anybody may read it there', async () => {
  const never = vi.fn<AdminApi['switchReport']>();
  const event = aSale({ reportPublic: true });
  await draw(event, never);
  expect(addressOf()?.textContent).toBe(`${location.origin}/events/${event.id}/report`);
  cleanup();
  await draw(aSale({ reportPublic: true, status: 'live' }), never);
  expect(addressOf()).toBeNull();
  expect(screen.getByText(/once the drop is over\.$/)).toBeTruthy();
  cleanup();
  await draw(aSale({ reportPublic: true, published: false }), never);
  expect(addressOf()).toBeNull();
  expect(screen.getByText(/once the drop is published and over\.$/)).toBeTruthy();
});

test('admins find the report in the console, public or not', async () => {
  const event = aSale({ reportPublic: false, status: 'live' });
  await draw(event, vi.fn<AdminApi['switchReport']>());
  const link = screen.getByRole('link', { name: 'Read the report' });
  expect(link.getAttribute('href')).toBe(`/admin/events/${event.id}/report`);
});

test('where it cannot be switched, the reason is shown', async () => {
  await draw(aSale({ reportPublic: true }), async () => refused({ code: 'unavailable' }));
  fireEvent.click(screen.getByLabelText('Public report'));
  await settle();
  expect(screen.getByRole('alert')).toBeDefined();
});
