import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { anEvent, anItem } from '../../testing/builders.ts';
import { drawInConsole } from '../../testing/open-console.tsx';
import { EventControls } from './event-controls.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const OWN_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;

async function draw(fields: Partial<AdminEvent>) {
  const { startsAt, endsAt, ...event } = anEvent({
    status: 'locked',
    startsAt: '2026-11-23T12:00:00.000Z',
    endsAt: '2026-11-23T13:30:00.000Z',
  });
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
  const shown = { ...event, startsAt, endsAt, ...plan, ...fields };
  vi.setSystemTime('2026-11-23T11:00:00.000Z');
  await drawInConsole(
    <EventControls event={shown} onChanged={vi.fn<() => void>()} onStale={vi.fn<() => void>()} />,
    {},
  );
}

test('a plan of another zone is shown by clocks there, and by the admin’s own', async () => {
  await draw({ timeZone: 'Asia/Kathmandu' });
  const there = screen.getByText(/^Planned/).textContent;
  expect(there).toContain('17:45');
  expect(there).toContain('19:15');
  expect(there).toContain('Asia/Kathmandu');
  const own = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
  expect(screen.getByText(/^On your clock/).textContent).toContain(
    own.format(Date.parse('2026-11-23T12:00:00.000Z')),
  );
});

test('a plan of the admin’s own zone is shown once', async () => {
  await draw({ timeZone: OWN_ZONE });
  expect(screen.getByText(/^Planned/)).toBeTruthy();
  expect(screen.queryByText(/^On your clock/)).toBeNull();
});

test('opening by hand is offered, but never as the thing to do', async () => {
  await draw({});
  expect(screen.getByRole('button', { name: 'Open now' }).className).toContain('quiet');
  cleanup();
  await draw({ status: 'closed', closedAt: '2026-11-23T11:00:00.000Z' });
  expect(screen.getByRole('button', { name: 'Open now' }).className).toContain('quiet');
});

test('a draw is called so, and is not opened by hand before its time', async () => {
  await draw({ admission: 'draw' });
  expect(screen.getByText('Draw')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Open now' })).toBeNull();
  cleanup();
  await draw({
    admission: 'draw',
    status: 'closed',
    planned: {
      startsAt: '2026-11-23T10:00:00.000Z',
      endsAt: '2026-11-23T13:30:00.000Z',
      startsAtLocal: '',
      endsAtLocal: '',
    },
    closedAt: '2026-11-23T10:30:00.000Z',
  });
  expect(screen.getByRole('button', { name: 'Open now' })).toBeTruthy();
});

test('a sale in whose queue somebody is can still be edited', async () => {
  await draw({ status: 'live', startsAt: '2026-11-23T10:00:00.000Z' });
  expect(screen.queryByRole('button', { name: 'Edit' })).toBeNull();
  cleanup();
  const queue = { waiting: 1, waitingUnits: 1, servedRank: 0, offers: 0 };
  const items = [anItem({ queue })];
  await draw({ status: 'live', startsAt: '2026-11-23T10:00:00.000Z', items });
  expect(screen.getByRole('button', { name: 'Edit' })).toBeTruthy();
});

test('what was cancelled is called so with its time, and not over or closed by hand', async () => {
  const cancelledAt = '2026-11-23T10:00:00.000Z';
  await draw({ status: 'closed', cancelledAt, closedAt: cancelledAt });
  expect(screen.getByText(/^Cancelled .*23 Nov/).className).toContain('badge');
  expect(screen.queryByText('Over')).toBeNull();
  expect(screen.queryByText(/^Closed by hand/)).toBeNull();
});
