import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventId } from '../../worker/contract/ids.ts';
import {
  aList,
  anEvent,
  anItem,
  aSummary,
  EVENT_ID,
  instant,
  MINUTE_MS,
  NOON_MS,
} from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop } from '../testing/fake-shop.tsx';

const OPENS = { status: 'locked', startsAt: instant(NOON_MS + MINUTE_MS) } as const;
const GONE = { total: 10, remaining: 0, held: 2, sold: 8 };

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** What is told above the title of each sale in the list. */
async function metaOf(events: Parameters<typeof aSummary>[0][]): Promise<(string | null)[]> {
  const api = fakeApi();
  const summaries = events.map((event, n) =>
    aSummary({ id: `evt_00000000000${n}` as EventId, ...event }),
  );
  api.listEvents.mockResolvedValue(ok(aList(summaries)));
  await openShop({ api, path: '/' });
  return [...document.querySelectorAll('.event-card-meta')].map(({ textContent }) => textContent);
}

test('the list tells of a draw while one can enter, and of a waitlist where all is gone', async () => {
  const [draw, plain] = await metaOf([{ ...OPENS, admission: 'draw' }, OPENS]);
  expect([draw, plain].map((words) => words?.includes('Draw'))).toEqual([true, false]);
  cleanup();
  const soldOut = { status: 'sold_out', stock: GONE } as const;
  const [waits, closed] = await metaOf([soldOut, { ...soldOut, waitlist: false }]);
  expect([waits, closed].map((words) => words?.includes('Waitlist'))).toEqual([true, false]);
});

test('how long a unit is held is told of a sale, and of a draw by its cards alone', async () => {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(anEvent({ ...OPENS, items: [anItem()] })));
  await openShop({ api, path: `/events/${EVENT_ID}` });
  expect(screen.getByText(/^When you press Buy, it is held/)).toBeTruthy();
  cleanup();
  api.getEvent.mockResolvedValue(ok(anEvent({ ...OPENS, admission: 'draw', items: [anItem()] })));
  await openShop({ api, path: `/events/${EVENT_ID}` });
  expect(screen.queryByText(/^When you press Buy, it is held/)).toBeNull();
});
