import { cleanup, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventDetail } from '../../worker/contract/events.ts';
import { anEvent, EVENT_ID, ITEM_ID } from '../testing/builders.ts';
import { fakeApi, ok } from '../testing/fake-api.ts';
import { openShop } from '../testing/fake-shop.tsx';
import { LAZY_EN } from '../texts/lazy/en.ts';

const { where } = LAZY_EN.address;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

async function open(fields: Partial<EventDetail>, path = `/events/${EVENT_ID}`) {
  const api = fakeApi();
  api.getEvent.mockResolvedValue(ok(anEvent({ needsAddress: true, ...fields })));
  await openShop({ api, path });
  return screen.queryByRole('region', { name: where.title });
}

const SHIPPING = [
  { countries: ['DE', 'AT'], priceCents: 490 },
  { countries: ['CH'], priceCents: 0 },
  { countries: [], priceCents: 1_900 },
];

test.each([`/events/${EVENT_ID}`, `/events/${EVENT_ID}/items/${ITEM_ID}`])(
  'before one buys, %s says where it is delivered to and for how much',
  async (path) => {
    const place = await open({ shipping: SHIPPING }, path);
    const lines = within(place ?? document.body).getAllByRole('listitem');
    expect(lines.map(({ textContent }) => textContent)).toEqual([
      'Austria, Germany: €4.90',
      'Switzerland: Free of charge',
      'Everywhere else: €19.00',
    ]);
    expect(place?.textContent).toContain(where.perOrder);
  },
);

test('what is delivered everywhere for nothing says so, and what is not delivered says nothing', async () => {
  expect((await open({}))?.textContent).toContain(where.everywhere);
  cleanup();
  expect(await open({ needsAddress: false })).toBeNull();
});
