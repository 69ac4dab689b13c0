import { describe, expect, it } from 'vitest';
import type {
  EventId,
  EventItemId,
  ItemId,
  LoginId,
  OrderId,
  UserId,
  VariantId,
} from '../worker/contract/ids.ts';
import { checkOrderChanges } from './check-order-changes.ts';
import type { Commit, Reserve } from './commit.ts';
import type { OrderRow, Snapshot } from './ledger.ts';

const NOW_MS = 1_000_000;
const customerId = 'usr_1' as UserId;
const eventItemId = 'evi_000000000000_1' as EventItemId;
const loginId = 'lgn_1' as LoginId;
const item = {
  id: eventItemId,
  itemId: 'itm_1' as ItemId,
  variantId: 'var_1' as VariantId,
  variantLabel: 'M',
  limit: 1,
  priceCents: 500,
};

const asked: Reserve = {
  kind: 'reserve',
  eventItemId,
  quantity: 1,
  customerId,
  sessionEpoch: 0,
  loginId,
  shownPriceCents: 500,
  key: null,
  orderId: 'ord_0' as OrderId,
  atMs: NOW_MS - 1_000,
};

const hold: OrderRow = {
  id: 'ord_1' as OrderId,
  eventId: 'evt_000000000000' as EventId,
  eventItemId,
  customerId,
  quantity: 1,
  status: 'pending',
  unitPriceCents: 500,
  variantLabel: 'M',
  currency: 'EUR',
  reservedAtMs: NOW_MS,
  expiresAtMs: NOW_MS + 60_000,
  reserveKey: null,
  confirmKey: null,
  cancelKey: null,
};

interface Unasked {
  order?: Partial<OrderRow>;
  before?: Partial<Snapshot>;
  reservesBefore?: Reserve[];
}

/** What is violated where a group with nobody in it gives an order to whoever asked before. */
function violationsOf({ order, before, reservesBefore = [asked] }: Unasked): string[] {
  const row = { ...hold, ...order };
  const first: Snapshot = {
    opensAtMs: NOW_MS - 2_000,
    closesAtMs: NOW_MS + 2_000,
    published: true,
    items: [{ ...item, total: 1, remaining: 1, held: 0, sold: 0 }],
    orders: new Map(),
    inactive: new Set(),
    sessionEpochs: new Map(),
    endedLogins: new Map(),
    requireVerifiedEmail: false,
    oneLimitPerMailbox: false,
    unverified: new Set(),
    mailboxes: new Map(),
    outbox: [],
    ...before,
  };
  const { opensAtMs, closesAtMs } = first;
  const unaskedOrders = [{ customerId, order: row }];
  const window = { opensAtMs, closesAtMs, published: true };
  const commit: Commit = {
    before: first,
    after: { ...first, orders: new Map([...first.orders, [row.id, row]]) },
    group: [],
    reservesBefore,
    nowMs: NOW_MS,
    settlement: { ...window, holdSeconds: 60, items: [], answers: [], unaskedOrders },
  };
  const violated: string[] = [];
  checkOrderChanges(commit, (check) => violated.push(check));
  return violated;
}

describe('an order that nobody in its group asked for', () => {
  it('is right where its customer asked before', () => {
    expect(violationsOf({})).toEqual([]);
  });

  it.each<[string, Unasked]>([
    ['every order was asked for', { reservesBefore: [] }],
    ['nothing is sold before the opening', { before: { opensAtMs: NOW_MS + 1 } }],
    ['nothing is sold after the end', { before: { closesAtMs: NOW_MS } }],
    ['an order has the price of its item', { order: { unitPriceCents: 400 } }],
    ['an order is called as its size is', { order: { variantLabel: 'L' } }],
    [
      'nothing is sold at a price that was not shown',
      { reservesBefore: [{ ...asked, shownPriceCents: 400 }] },
    ],
    [
      'nobody unverified is sold to where it matters',
      { before: { requireVerifiedEmail: true, unverified: new Set([customerId]) } },
    ],
    ['nobody deactivated is sold to', { before: { inactive: new Set([customerId]) } }],
    [
      'nobody is sold to whose login has ended',
      { before: { endedLogins: new Map([[customerId, [loginId]]]) } },
    ],
    [
      'nobody is sold to whose login has ended',
      { before: { sessionEpochs: new Map([[customerId, 1]]) } },
    ],
    ['a new order is a hold', { order: { status: 'confirmed' } }],
    [
      'without a key one hold is enough',
      { before: { orders: new Map([[asked.orderId, { ...hold, id: asked.orderId }]]) } },
    ],
  ])('is held to it that %s', (check, unasked) => {
    expect(violationsOf(unasked)).toContain(check);
  });
});
