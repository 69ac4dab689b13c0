import { cleanup, fireEvent, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEventSummary } from '../../../worker/contract/administration.ts';
import { aSummary, instant, NOON_MS } from '../../testing/builders.ts';
import { ok } from '../../testing/fake-api.ts';
import { settle } from '../../testing/fake-shop.tsx';
import { drawInConsole } from '../../testing/open-console.tsx';
import type { AdminApi } from '../api/admin-api.ts';
import { EventsScreen } from './events-screen.tsx';

const AT = instant(NOON_MS);

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(fields: Partial<AdminEventSummary>) {
  const times = { startsAt: AT, endsAt: AT, startsAtLocal: '', endsAtLocal: '' };
  const plan = { published: true, timeZone: 'UTC', planned: times, openedAt: null };
  const event = { ...aSummary(), ...plan, closedAt: null, hasEntries: false, ...fields };
  const listEvents = vi.fn<AdminApi['listEvents']>(async () =>
    ok({ events: [event], nextCursor: null, serverNow: AT }),
  );
  await drawInConsole(<EventsScreen />, { listEvents });
  return listEvents;
}

test('what was cancelled is called so with its time, without units that are left', async () => {
  await open({ status: 'closed', cancelledAt: AT, closedAt: AT });
  const row = screen.getAllByRole('row').at(-1)?.textContent;
  expect(row).toMatch(/Cancelled .*22 Nov/);
  expect(row).not.toContain('Over');
  expect(row).not.toContain(' of ');
});

test('what is over has its units, and what was cancelled can be chosen', async () => {
  const listEvents = await open({ status: 'closed', closedAt: AT });
  expect(screen.getAllByRole('row').at(-1)?.textContent).toMatch(/Over.* of /);
  fireEvent.change(screen.getByLabelText('Status'), { target: { value: 'cancelled' } });
  await settle();
  expect(listEvents.mock.calls.at(-1)?.[0]).toEqual({ status: 'cancelled' });
  fireEvent.change(screen.getByLabelText('Status'), { target: { value: 'draft' } });
  await settle();
  expect(listEvents.mock.calls.at(-1)?.[0]).toEqual({ published: 'false' });
});
