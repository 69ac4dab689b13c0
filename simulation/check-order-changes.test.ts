import { describe, expect, it } from 'vitest';
import type {
  EventId,
  EventItemId,
  ItemId,
  OrderId,
  QueueEntryId,
  UserId,
  VariantId,
} from '../worker/contract/ids.ts';
import { checkOrderChanges } from './check-order-changes.ts';
import type { Commit } from './commit.ts';
import type { OrderRow, Snapshot } from './ledger.ts';
import type { EntryRow } from './queue-rows.ts';

const NOW_MS = 1_000_000;
const customerId = 'usr_1' as UserId;
const eventItemId = 'evi_000000000000_1' as EventItemId;
const item = {
  id: eventItemId,
  itemId: 'itm_1' as ItemId,
  variantId: 'var_1' as VariantId,
  variantLabel: 'M',
  limit: 3,
  priceCents: 500,
};

const entry: EntryRow = {
  id: 'ent_1' as QueueEntryId,
  eventId: 'evt_000000000000' as EventId,
  eventItemId,
  customerId,
  quantity: 3,
  minQuantity: 2,
  status: 'waiting',
  reason: null,
  enteredAtMs: NOW_MS - 1_000,
  seq: 1,
  rank: 1,
  record: null,
  orderId: null,
  enteredIn: 1,
  endedIn: null,
  freeFound: null,
};

const hold: OrderRow = {
  id: 'ord_1' as OrderId,
  eventId: 'evt_000000000000' as EventId,
  eventItemId,
  customerId,
  quantity: 2,
  status: 'pending',
  unitPriceCents: 500,
  variantLabel: 'M',
  currency: 'EUR',
  reservedAtMs: NOW_MS,
  expiresAtMs: NOW_MS + 60_000,
  reserveKey: null,
  confirmKey: null,
  cancelKey: null,
  entryId: entry.id,
  payOnline: false,
  payment: null,
  unitsReturned: 0,
  paying: false,
  paymentId: null,
  madeIn: 2,
  endedIn: null,
};

interface Offered {
  order?: Partial<OrderRow>;
  before?: Partial<Snapshot>;
  wish?: Partial<EntryRow>;
  free?: number;
  isTold?: boolean;
}

/** What is violated where a group with nobody in it offers an order to whoever waited. */
function violationsOf({ order, before, wish, free = 2, isTold = true }: Offered): string[] {
  const row = { ...hold, ...order };
  const was = { ...entry, ...wish };
  const is = { ...was, status: 'offered' as const, orderId: row.id, endedIn: 2, freeFound: free };
  const plan = { admission: 'first_come' as const, waitlist: true, offerSeconds: 60 };
  const planned = { ...plan, entriesCloseAtMs: null };
  const queue = { plan: planned, row: null, draw: null, proof: null, chain: [] };
  const told = { waiting: 0, waitingUnits: 0, servedRank: 0, offers: 0 };
  const first: Snapshot = {
    opensAtMs: NOW_MS - 2_000,
    closesAtMs: NOW_MS + 2_000,
    published: true,
    items: [{ ...item, total: 2, remaining: 2, held: 0, sold: 0, queue: told }],
    orders: new Map(),
    inactive: new Set(),
    sessionEpochs: new Map(),
    endedLogins: new Map(),
    requireVerifiedEmail: false,
    oneLimitPerMailbox: false,
    unverified: new Set(),
    mailboxes: new Map(),
    payments: new Map(),
    refunds: new Map(),
    outbox: [],
    queue: { ...queue, entries: new Map([[was.id, was]]) },
    ...before,
  };
  const { opensAtMs, closesAtMs } = first;
  const unaskedOrders = isTold ? [{ customerId, order: row }] : [];
  const window = { opensAtMs, closesAtMs, published: true };
  const commit: Commit = {
    before: first,
    after: {
      ...first,
      orders: new Map([...first.orders, [row.id, row]]),
      queue: { ...queue, entries: new Map([[is.id, is]]) },
    },
    group: [],
    nowMs: NOW_MS,
    settlement: { ...window, holdSeconds: 60, items: [], answers: [], unaskedOrders },
    offersEndAtMs: NOW_MS + 100_000,
  };
  const violated: string[] = [];
  checkOrderChanges(commit, (check) => violated.push(check));
  return violated;
}

describe('an order that nobody in its group asked for', () => {
  it('is right where its customer waited for it', () => {
    expect(violationsOf({})).toEqual([]);
  });

  it.each<[string, Offered]>([
    ['every order was asked for', { order: { entryId: null } }],
    ['an offer is what somebody waited for', { wish: { status: 'left' } }],
    ['an offer is what somebody waited for', { wish: { customerId: 'usr_2' as UserId } }],
    ['the object is told of each offer', { isTold: false }],
    ['an offer is within the wish', { order: { quantity: 1 } }],
    ['an offer is within the wish', { free: 1 }],
    ['an offer is as large as it can be', { free: 3 }],
    ['an offer lasts as long as it should', { order: { expiresAtMs: NOW_MS + 10_000 } }],
    ['nothing is sold before the opening', { before: { opensAtMs: NOW_MS + 1 } }],
    ['nothing is sold after the end', { before: { closesAtMs: NOW_MS } }],
    ['an order has the price of its item', { order: { unitPriceCents: 400 } }],
    ['an order is called as its size is', { order: { variantLabel: 'L' } }],
    [
      'nobody unverified is sold to where it matters',
      { before: { requireVerifiedEmail: true, unverified: new Set([customerId]) } },
    ],
    ['nobody deactivated is sold to', { before: { inactive: new Set([customerId]) } }],
    ['a new order is a hold', { order: { status: 'confirmed' } }],
    ['nobody has more than the limit', { order: { quantity: 4 }, wish: { quantity: 4 }, free: 4 }],
  ])('is held to it that %s', (check, offered) => {
    expect(violationsOf(offered)).toContain(check);
  });
});
