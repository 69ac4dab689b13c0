import { expect, test } from 'vitest';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import { anAdminEvent } from '../../testing/admin-event.ts';
import { anItem } from '../../testing/builders.ts';
import { type Checked, publishChecks } from './publish-checks.ts';

const UNSOLD = { total: 10, remaining: 10, held: 0, sold: 0 };

function linesOf(fields: Partial<AdminEvent>, more: Partial<Checked> = {}) {
  const lines = publishChecks({
    event: anAdminEvent({ items: [anItem({ stock: UNSOLD })], ...fields }),
    nowMs: Date.parse('2026-11-22T12:00:00.000Z'),
    locale: 'en-GB',
    takesPayments: true,
    sendsMail: true,
    legalPages: ['imprint', 'terms', 'privacy', 'returns'],
    ...more,
  });
  return new Map(lines.map((line) => [line.name, line]));
}

function statesOf(...of: Parameters<typeof linesOf>) {
  const lines = [...linesOf(...of)].filter(([, { state }]) => state !== 'good');
  return Object.fromEntries(lines.map(([name, { state }]) => [name, state]));
}

test('times are told by the clocks of the zone of the event, and in UTC', () => {
  const opens = linesOf({ timeZone: 'Asia/Kathmandu' }).get('Opens');
  expect(opens?.facts[0]).toMatch(/17:45:00 .*\(Asia\/Kathmandu\) = .*12:00:00 UTC/);
});

test('an event in order has no line that is marked', () => {
  expect(statesOf({ payment: 'online' })).toEqual({});
});

test('what the server would refuse is marked as to be changed', () => {
  const late = Date.parse('2026-11-23T12:30:00.000Z');
  expect(statesOf({ payment: 'online' }, { nowMs: late })).toEqual({ Opens: 'wrong' });
  expect(statesOf({ payment: 'online' }, { takesPayments: false })).toEqual({ Payment: 'wrong' });
  const verified = { payment: 'online', requireVerifiedEmail: true } as const;
  expect(statesOf(verified, { sendsMail: false })).toEqual({ 'Who may buy': 'wrong' });
  const closedAt = '2026-11-22T10:00:00.000Z';
  expect(statesOf({ payment: 'online', closedAt })).toEqual({ State: 'wrong' });
  const entriesCloseAt = '2026-11-22T11:00:00.000Z';
  const draw = { payment: 'online', admission: 'draw', entriesCloseAt } as const;
  expect(statesOf(draw)).toEqual({ 'How the first ones are chosen': 'wrong' });
});

test('what is perhaps not meant so is marked as to be looked at', () => {
  const stock = { ...UNSOLD, total: 3, remaining: 3 };
  const items = [
    anItem({ name: 'Lamp', pictures: [], stock: UNSOLD }),
    anItem({ name: 'Chair', itemId: 'itm_2' as never, stock, limitPerCustomer: 3 }),
    anItem({ name: 'Rug', itemId: 'itm_3' as never, stock: { ...UNSOLD, total: 0 } }),
  ];
  const fields = { items, description: ' ' };
  expect(statesOf(fields, { legalPages: ['imprint'] })).toEqual({
    Description: 'look',
    Lamp: 'look',
    Chair: 'look',
    Rug: 'look',
    Payment: 'look',
    'Legal pages': 'look',
  });
  const lines = linesOf(fields);
  expect(lines.get('Lamp')?.mend?.href).toBe('/admin/catalogue/itm_000000000000000001');
  expect(lines.get('Chair')?.facts).toContain('One customer can buy all of it.');
  expect(lines.get('Chair')?.mend?.href).toMatch(/\/edit$/);
});

test('each item has its price, its units and its limit', () => {
  const facts = linesOf({}).get('Headphones')?.facts;
  expect(facts?.[0]).toBe('€249.00, 10 units, at most 1 per customer');
});

test('legal pages are left out while nobody knows which there are', () => {
  expect(linesOf({}, { legalPages: undefined }).has('Legal pages')).toBe(false);
});
