import { expect, test } from 'vitest';
import { eventInputSchema, itemInputSchema } from '../../../worker/contract/events.ts';
import { faultText } from './fault-text.ts';

/** What an admin reads at each field, for what the API's own schemas say of it. */
function textsFor(schema: typeof eventInputSchema | typeof itemInputSchema, input: unknown) {
  const { error } = schema.safeParse(input);
  return Object.fromEntries(
    (error?.issues ?? []).map(({ path, message }) => [path.join('.'), faultText(message)]),
  );
}

test('an item’s faults are told in words', () => {
  const input = { name: ' ', description: '', category: 'x'.repeat(121), imageUrl: 'ftp://x' };
  expect(textsFor(itemInputSchema, input)).toEqual({
    name: 'Please fill this in.',
    category: 'Use at most 120 characters.',
    imageUrl: 'This must be an https URL or a path of this site.',
  });
});

test('an event’s faults are told in words', () => {
  const item = { itemId: 'itm_000000000000000001', priceCents: 100, stock: 1_000_001 };
  const input = {
    title: '',
    description: '',
    currency: 'EUR',
    startsAt: '2026-11-22T20:00',
    endsAt: '2026-11-22T21:00',
    timeZone: 'Mars/Base',
    holdSeconds: 1,
    published: true,
    items: [{ ...item, limitPerCustomer: 0 }],
  };
  expect(textsFor(eventInputSchema, input)).toEqual({
    title: 'Please fill this in.',
    timeZone: 'This must be the IANA name of a time zone.',
    holdSeconds: 'Use 5 or more.',
    'items.0.stock': 'Use 1,000,000 or less.',
    'items.0.limitPerCustomer': 'Use 1 or more.',
  });
});

test('a fault in words nobody foresaw is told as it came', () => {
  expect(faultText('Invalid input')).toBe('Invalid input.');
  expect(faultText('must be after startsAt')).toBe('This must be after the opening.');
});
