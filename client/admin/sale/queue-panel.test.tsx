import { cleanup, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { anEvent, anItem, NOON_MS } from '../../testing/builders.ts';
import { ok } from '../../testing/fake-api.ts';
import { drawInConsole } from '../../testing/open-console.tsx';
import { QueuePanel } from './queue-panel.tsx';

beforeEach(() => void vi.useFakeTimers({ now: NOON_MS }));
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function show(fields: Partial<AdminEvent>, drawnAt: string | null = null) {
  const drawn = { items: [], drawn: drawnAt !== null, drawnAt, seed: null, serverNow: '' };
  const { startsAt, endsAt, ...event } = anEvent();
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
  await drawInConsole(<QueuePanel event={{ ...event, startsAt, endsAt, ...plan, ...fields }} />, {
    publicQueue: async () => ok(drawn),
  });
  return screen.queryByRole('region', { name: 'Queue' });
}

/** A figure by its name. */
const figure = (panel: HTMLElement | null, name: string) =>
  within(panel ?? document.body).getByText(name).nextElementSibling?.textContent;

const gone = { total: 500, remaining: 0, held: 0, sold: 500 };

test('who waits is added up over the items, with what they would pay', async () => {
  const waiting = { waiting: 342, waitingUnits: 400, servedRank: 58, offers: 58 };
  const panel = await show({
    items: [
      anItem({ priceCents: 2_900, stock: gone, queue: waiting }),
      anItem({ priceCents: 1_000, stock: gone, queue: { ...waiting, waitingUnits: 342 } }),
    ],
  });
  expect(figure(panel, 'Waiting')).toBe('684');
  expect(figure(panel, 'Units wished for')).toBe('742');
  expect(figure(panel, 'Offers made')).toBe('116');
  expect(figure(panel, 'Would sell if added')).toBe('€15,020.00');
});

test('an empty queue is called so, and one that cannot be is not shown', async () => {
  const panel = await show({});
  expect(panel?.textContent).toContain('Nobody has entered the queue.');
  cleanup();
  expect(await show({ waitlist: false })).toBeNull();
});

test('a draw tells when entries close and when it is drawn', async () => {
  const times = {
    startsAt: '2026-11-22T13:00:00.000Z',
    entriesCloseAt: '2026-11-22T12:59:20.000Z',
  };
  const panel = await show({ admission: 'draw', status: 'locked', ...times });
  expect(panel?.textContent).toMatch(/Entries close .*:59:20/);
  expect(panel?.textContent).toMatch(/drawn at the opening, .*:00:00/);
  cleanup();
  vi.setSystemTime('2026-11-22T12:59:20.000Z');
  const locked = await show({ admission: 'draw', status: 'locked', ...times });
  expect(locked?.textContent).toMatch(/Entries closed .*:59:20/);
});

test('a draw that was drawn tells when, and a draft asks nobody', async () => {
  const panel = await show({ admission: 'draw' }, '2026-11-22T11:59:01.000Z');
  expect(panel?.textContent).toMatch(/The places were drawn .*:59:01/);
  cleanup();
  const draft = await show({ admission: 'draw', published: false }, '2026-11-22T11:59:01.000Z');
  expect(draft?.textContent).not.toContain('was drawn');
});
