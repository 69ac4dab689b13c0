import { cleanup, screen } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventDetail } from '../../worker/contract/events.ts';
import { anEvent, EVENT_ID, ITEM_ID, instant, MINUTE_MS, NOON_MS } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const { next } = LAZY_EN;

/** What the last part of the page says, and where it leads. */
async function lastWord(fields: Partial<EventDetail>, path = `/events/${EVENT_ID}`) {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(anEvent(fields)));
  await openShop({ api, path });
  const part = screen.getByRole('region', { name: next.title });
  expect(document.querySelector('main article')?.lastElementChild).toBe(part);
  return {
    lead: part.querySelector('p')?.textContent,
    links: [...part.querySelectorAll('a')].map((link) => link.getAttribute('href')),
  };
}

const OPENS_LATER = { status: 'locked', startsAt: instant(NOON_MS + MINUTE_MS) } as const;
const CALENDAR = `/api/v1/events/${EVENT_ID}/calendar.ics?language=en`;

test.each<[keyof typeof next.leads, Partial<EventDetail>, string[]]>([
  ['locked', OPENS_LATER, [CALENDAR, '/']],
  ['draw', { ...OPENS_LATER, admission: 'draw' }, [CALENDAR, '/']],
  ['live', {}, ['#items', '/']],
  ['waitlist', { status: 'sold_out' }, ['#items', '/']],
  ['sold_out', { status: 'sold_out', waitlist: false }, ['/']],
  ['closed', { status: 'closed' }, ['/']],
])('a drop ends with what one can do next: %s', async (lead, fields, links) => {
  expect(await lastWord(fields)).toEqual({ lead: next.leads[lead], links });
});

test('so does the page of an item, which leads back to the drop', async () => {
  const { links } = await lastWord({}, `/events/${EVENT_ID}/items/${ITEM_ID}`);
  expect(links).toEqual([`/events/${EVENT_ID}`, '/']);
});
