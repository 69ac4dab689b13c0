/** Sample orders as the console has them, for tests. Must not be imported by the page itself. */
import type { UserId } from '../../worker/contract/ids.ts';
import type { AdminOrderDetail, StoryEntry } from '../../worker/contract/order-story.ts';
import { anEntry, aPayment, instant, NOON_MS } from './builders.ts';

export const MAJA = 'usr_000000000000000001' as UserId;

/** Two units that Maja has paid for, and nothing given back. */
export function aDetail(fields: Partial<AdminOrderDetail> = {}): AdminOrderDetail {
  return {
    ...anEntry({ status: 'confirmed', quantity: 2, payOnline: true }),
    customerId: MAJA,
    customerName: 'Maja Holm',
    customerEmail: 'maja@example.com',
    addressMissing: false,
    endedAt: instant(NOON_MS),
    payment: aPayment({ status: 'captured', amountCents: 49_800 }),
    refundable: { amountCents: 49_800, units: 2 },
    disputes: [],
    note: '',
    story: [],
    serverNow: instant(NOON_MS),
    ...fields,
  };
}

/** At noon, by the shop itself. */
export function anEntryOf(what: StoryEntry['what'], fields: Partial<StoryEntry> = {}): StoryEntry {
  const by: StoryEntry['by'] = { kind: 'shop', id: null, name: null };
  return {
    at: instant(NOON_MS),
    what,
    by,
    amountCents: null,
    units: null,
    reason: null,
    ...fields,
  };
}
