import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventId } from '../../worker/contract/ids.ts';
import {
  aList,
  anEvent,
  aSummary,
  EVENT_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop, settle } from '../testing/fake-shop.tsx';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function coming(n: number, inMinutes: number) {
  const startsAt = instant(NOON_MS + inMinutes * MINUTE_MS);
  return aSummary({ id: `evt_00000000000${n}` as EventId, title: `Drop ${n}`, startsAt });
}

async function openSoldOut(waitlist: boolean) {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(anEvent({ status: 'sold_out', waitlist })));
  api.listEvents.mockResolvedValue(ok(aList([coming(2, 90), coming(3, 60), coming(4, -60)])));
  await openShop({ api, path: `/events/${EVENT_ID}` });
  await settle(5_000);
  return api;
}

test('who came too late where nobody can wait is told of the drop that opens next', async () => {
  await openSoldOut(false);
  const link = screen.getByRole('link', { name: 'Drop 3' });
  expect(link.getAttribute('href')).toBe('/events/evt_000000000003');
  expect(link.parentElement?.textContent).toContain('The next drop opens Sun');
});

test('where one can wait, no list is asked for', async () => {
  const api = await openSoldOut(true);
  expect(api.listEvents).not.toHaveBeenCalled();
});
