import { expect, test } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { anEvent, anItem } from '../../testing/builders.ts';
import { draftOf, type EventDraft, newDraft, readDraft, wallClock } from './event-draft.ts';

const NOON_MS = Date.parse('2026-11-22T12:00:00.000Z');

const DRAFT: EventDraft = {
  title: 'Night drop',
  translations: {},
  description: '',
  coverUrl: '/images/lamp.svg',
  coverAddress: '',
  currency: 'EUR',
  startsAt: '2026-11-22T20:00',
  endsAt: '2026-11-22T21:00',
  timeZone: 'Europe/Copenhagen',
  holdSeconds: '120',
  published: false,
  requireVerifiedEmail: true,
  oneLimitPerMailbox: false,
  reportPublic: true,
  payment: 'none',
  needsAddress: false,
  shipping: [],
  admission: 'first_come',
  waitlist: true,
  offerSeconds: '600',
  items: [
    {
      itemId: 'itm_000000000000000001',
      name: 'Lamp',
      price: '19.90',
      stock: '50',
      limit: '2',
      variants: [],
    },
  ],
};

test('a form is sent as local times with their zone and prices in minor units', () => {
  expect(readDraft(DRAFT)).toEqual({
    ok: true,
    input: {
      title: 'Night drop',
      description: '',
      coverUrl: '/images/lamp.svg',
      currency: 'EUR',
      startsAt: '2026-11-22T20:00',
      endsAt: '2026-11-22T21:00',
      timeZone: 'Europe/Copenhagen',
      holdSeconds: 120,
      published: false,
      requireVerifiedEmail: true,
      oneLimitPerMailbox: false,
      reportPublic: true,
      payment: 'none',
      needsAddress: false,
      shipping: [],
      admission: 'first_come',
      waitlist: true,
      offerSeconds: 600,
      translations: {},
      items: [
        { itemId: 'itm_000000000000000001', priceCents: 1_990, stock: 50, limitPerCustomer: 2 },
      ],
    },
  });
});

test('what delivery costs is sent where an address is asked for', () => {
  const shipping = [
    { countries: ['DE', 'AT'], isElsewhere: false, price: '4.90' },
    { countries: [], isElsewhere: true, price: '0' },
  ];
  const sent = (fields: Partial<EventDraft>) => {
    const reading = readDraft({ ...DRAFT, shipping, ...fields });
    return reading.ok ? reading.input.shipping : reading.errors.map(({ path }) => path);
  };
  expect(sent({ needsAddress: true })).toEqual([
    { countries: ['DE', 'AT'], priceCents: 490 },
    { countries: [], priceCents: 0 },
  ]);
  expect(sent({ needsAddress: false })).toEqual([]);
  const unread = [{ countries: [], isElsewhere: false, price: '' }];
  expect(sent({ needsAddress: true, shipping: unread })).toEqual([
    'shipping.0.countries',
    'shipping.0.priceCents',
  ]);
});

test('each field that cannot be read is named by the path that the API would use', () => {
  const lamp = {
    itemId: 'itm_1',
    name: 'Lamp',
    price: '1.5',
    stock: 'many',
    limit: '',
    variants: [],
  };
  const reading = readDraft({
    ...DRAFT,
    currency: 'JPY',
    endsAt: '',
    holdSeconds: '5.5',
    items: [...DRAFT.items.map((item) => ({ ...item, price: '1990' })), lamp],
  });
  expect(reading.ok ? [] : reading.errors.map(({ path }) => path)).toEqual([
    'items.1.priceCents',
    'items.1.stock',
    'items.1.limitPerCustomer',
    'holdSeconds',
    'endsAt',
  ]);
});

test('what was left empty is asked for, whatever else it would have to be', () => {
  const items = [
    { itemId: 'itm_1', name: 'Lamp', price: ' ', stock: '', limit: 'x', variants: [] },
  ];
  const reading = readDraft({ ...DRAFT, title: ' ', items });
  expect(reading.ok ? [] : reading.errors).toEqual([
    { path: 'items.0.priceCents', message: 'must be filled in' },
    { path: 'items.0.stock', message: 'must be filled in' },
    { path: 'items.0.limitPerCustomer', message: 'must be a whole number' },
    { path: 'title', message: 'must be filled in' },
  ]);
});

function messageOf(price: string): string | undefined {
  const reading = readDraft({ ...DRAFT, items: [{ ...lampDraft, price }] });
  return reading.ok ? undefined : reading.errors[0]?.message;
}

const lampDraft = {
  itemId: 'itm_1',
  name: 'Lamp',
  price: '',
  stock: '1',
  limit: '1',
  variants: [],
};

test('an amount of too many digits is another fault than one that is no amount', () => {
  expect(messageOf('12345678901')).toBe('must have at most 10 digits before its decimals');
  expect(messageOf('12345678901.50')).toBe('must have at most 10 digits before its decimals');
  expect(messageOf('lots')).toMatch(/^must be an amount/);
  expect(messageOf('1234567890')).toBeUndefined();
});

test('an event without items is not sent', () => {
  const reading = readDraft({ ...DRAFT, items: [] });
  expect(reading.ok ? [] : reading.errors.map(({ path }) => path)).toEqual(['items']);
});

test('an event put into its form is read as itself again', () => {
  const { serverNow: _, ...event } = anEvent({
    currency: 'KWD',
    items: [anItem()],
    oneLimitPerMailbox: true,
  });
  const form = draftOf({
    ...event,
    serverNow: '',
    published: true,
    timeZone: 'Asia/Kuwait',
    planned: {
      startsAt: '2026-11-22T12:00:00.000Z',
      endsAt: '2026-11-22T13:00:00.000Z',
      startsAtLocal: '2026-11-22T15:00',
      endsAtLocal: '2026-11-22T16:00',
    },
    openedAt: null,
    closedAt: null,
    hasEntries: false,
    cancellation: null,
  } satisfies AdminEvent);
  expect(form.items[0]?.price).toBe('24.900');
  expect(readDraft(form)).toMatchObject({
    ok: true,
    input: {
      startsAt: '2026-11-22T15:00',
      endsAt: '2026-11-22T16:00',
      timeZone: 'Asia/Kuwait',
      requireVerifiedEmail: false,
      oneLimitPerMailbox: true,
      items: [{ priceCents: 24_900, stock: 10, limitPerCustomer: 1 }],
    },
  });
});

test('a new event opens at a full hour of its own zone, not in the past', () => {
  const { startsAt, endsAt } = newDraft(NOON_MS + 59 * 60_000, 'Europe/Copenhagen');
  expect([startsAt, endsAt]).toEqual(['2026-11-22T15:00', '2026-11-22T16:00']);
});

test('a clock is read in the zone that was asked for, on both sides of a change of the clocks', () => {
  const zone = 'America/New_York';
  expect(wallClock(Date.parse('2026-03-08T06:59:00Z'), zone)).toBe('2026-03-08T01:59');
  expect(wallClock(Date.parse('2026-03-08T07:00:00Z'), zone)).toBe('2026-03-08T03:00');
  expect(wallClock(NOON_MS, 'Asia/Kathmandu')).toBe('2026-11-22T17:45');
});

test('what stands in the field for the cover’s address was typed to be its cover', () => {
  const reading = readDraft({ ...DRAFT, coverAddress: ' https://elsewhere.example/a.png ' });
  expect(reading.ok && reading.input.coverUrl).toBe('https://elsewhere.example/a.png');
});
