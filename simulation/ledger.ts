/** The port that the model and the real SQL implement, and the rows they return. */
import { createHash } from 'node:crypto';
import type { GiveUpReason } from '../worker/contract/draw.ts';
import type {
  EventItemId,
  ItemId,
  LoginId,
  OrderId,
  PaymentId,
  QueueEntryId,
  RefundId,
  UserId,
  VariantId,
} from '../worker/contract/ids.ts';
import type { OrderPayment } from '../worker/contract/payments.ts';
import type { ItemQueue } from '../worker/contract/queue.ts';
import type { PlannedDraw } from '../worker/draw/draw-event.ts';
import type { Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import type { OrderRecord } from '../worker/sale/rules/order-record.ts';
import type { DrawnBy } from './model-draw.ts';
import { costsOfOrder } from './order-totals.ts';
import type { OutboxRow } from './outbox-rows.ts';
import type { PaymentChange, PaymentRow, RefundRow } from './payment-rows.ts';
import type { EntryRow, QueueSnapshot, SignedStatement } from './queue-rows.ts';
import { sharedLimitIds } from './sizes.ts';

/** The cancel key of orders that end with their account; customers' keys are never empty. */
export const ENDED_WITH_ACCOUNT = '';

export interface OrderRow extends OrderRecord {
  customerId: UserId;
  reserveKey: string | null;
  confirmKey: string | null;
  /** ENDED_WITH_ACCOUNT where its customer was deactivated. */
  cancelKey: string | null;
  /** The queue entry that it was offered to. */
  entryId: QueueEntryId | null;
  payOnline: boolean;
  payment: OrderPayment | null;
  unitsReturned: number;
  /** Somebody has begun to pay. */
  paying: boolean;
  /** The payment that confirmed it. */
  paymentId: PaymentId | null;
  /** The settlements that made and ended it; null in an event without a queue. */
  madeIn: number | null;
  endedIn: number | null;
}

export interface ItemRow {
  id: EventItemId;
  /** What it is in the catalogue. */
  itemId: ItemId;
  /** Null for an item without variants. */
  variantId: VariantId | null;
  /** As the variant is called now. */
  variantLabel: string | null;
  total: number;
  remaining: number;
  held: number;
  sold: number;
  /** Over all variants of the item. */
  limit: number;
  priceCents: number;
  queue: ItemQueue;
}

/** Everything that is committed, at one moment. */
export interface Snapshot {
  opensAtMs: number;
  /** 0 once it was closed by hand. */
  closesAtMs: number;
  /** While it is not, nobody who reserves finds it. */
  published: boolean;
  items: ItemRow[];
  orders: Map<OrderId, OrderRow>;
  /** Customers who were deactivated. */
  inactive: Set<UserId>;
  /** Of customers whose logins were ended at least once; 0 for all others. */
  sessionEpochs: Map<string, number>;
  /** Of customers of whose logins at least one ended alone. */
  endedLogins: Map<string, LoginId[]>;
  requireVerifiedEmail: boolean;
  oneLimitPerMailbox: boolean;
  /** Customers whose address is not verified. */
  unverified: Set<UserId>;
  mailboxes: Map<UserId, string>;
  outbox: OutboxRow[];
  payments: Map<PaymentId, PaymentRow>;
  refunds: Map<RefundId, RefundRow>;
  queue: QueueSnapshot;
  /** What the counters of revenue say. Only the real tables have them. */
  revenue?: RevenueSums;
  /** An offer to somebody with a device that has no row in the outbox for it. Only of the real tables. */
  untoldOffer?: OrderId | null;
}

/** Of all orders of the event that were ever confirmed. */
export interface RevenueSums {
  orders: number;
  units: number;
  grossMinor: number;
}

/** Those of one item follow one another. */
export interface PlannedItem {
  itemId: ItemId;
  variantId: VariantId | null;
  priceCents: number;
  stock: number;
  limitPerCustomer: number;
}

/** What admins do to a sale; to customers, one after another. Also what customers do to their accounts. */
export type AdminChange =
  | { kind: 'open' | 'close' | 'unpublish'; nowMs: number }
  | { kind: 'add_stock'; eventItemId: EventItemId; units: number }
  | { kind: 'edit_price'; eventItemId: EventItemId; priceCents: number }
  | { kind: 'edit_plan'; nowMs: number; items: PlannedItem[] }
  | { kind: 'rename_variants'; itemId: ItemId; labels: { id: VariantId; label: string }[] }
  | { kind: 'deactivate' | 'activate'; customerIds: UserId[]; nowMs: number }
  /** By its owner: nothing happens to one who was deactivated. */
  | { kind: 'delete_account'; customerIds: UserId[]; nowMs: number }
  /** All logins, or the one that each of them acts by. */
  | { kind: 'end_logins'; customerIds: UserId[] }
  | { kind: 'end_login'; customerIds: UserId[]; nowMs: number }
  | { kind: 'verify_email' | 'unverify_email'; customerIds: UserId[] }
  | { kind: 'cancel'; nowMs: number }
  /** By the shop itself; nothing happens where it may not be. */
  | { kind: 'give_up_draw'; reason: GiveUpReason; nowMs: number }
  /** Of what follows from it: the next rows, and again where what became of it was lost. */
  | { kind: 'cancel_batch'; limit: number; isAgain: boolean; nowMs: number }
  | { kind: 'disqualify'; entryId: QueueEntryId; nowMs: number }
  | PaymentChange;

export interface Ledger {
  /** Null where there is no such event, which never is so here. */
  settle(group: StampedAttempt[], nowMs: number): Promise<Settlement | null>;
  /** @returns what became of an edit of the plan; undefined for all other changes. */
  change(change: AdminChange): Promise<string | undefined>;
  /** What is known of a draw whose entries are locked. */
  readDraw(): Promise<PlannedDraw | undefined>;
  /** Only where there is none of its type. */
  keepStatement(statement: SignedStatement): Promise<void>;
  /** Ranks the entries of a draw. @returns false where there is nothing to draw. */
  drawEntries(by: DrawnBy): Promise<boolean>;
  snapshot(): Promise<Snapshot>;
}

/** An order as its customer is told of it. */
export function recordOf(order: OrderRow): OrderRecord {
  const { customerId: _, reserveKey: _r, confirmKey: _c, cancelKey: _x, ...rest } = order;
  const { madeIn: _m, endedIn: _i, paying, paymentId: _y, ...record } = rest;
  return { ...record, ...(paying && { costs: costsOfOrder(order.id) }) };
}

/** The login that a customer acts by, once so many of theirs ended alone. */
export function loginAfter(customerId: UserId, ended: number): LoginId {
  const hash = createHash('sha256').update(loginRowAfter(customerId, ended)).digest('hex');
  return `lgn_${hash.slice(0, 32)}` as LoginId;
}

/** The same in its table: outside it a login is called by a hash, see LOGIN_ID of ended-logins.ts. */
export function loginRowAfter(customerId: UserId, ended: number): string {
  return `${customerId}_${ended}`;
}

/** Whether two accounts have one limit. */
export type ShareLimit = (one: UserId, other: UserId) => boolean;

export function shareLimit({
  oneLimitPerMailbox,
  mailboxes,
}: Pick<Snapshot, 'oneLimitPerMailbox' | 'mailboxes'>): ShareLimit {
  return (one, other) =>
    one === other || (oneLimitPerMailbox && mailboxes.get(one) === mailboxes.get(other));
}

/** @returns what the others who share a customer's limit wait for at least, of all variants of an item. */
export function waitingOfOthers(
  {
    entries,
    items,
  }: { entries: Iterable<EntryRow>; items: readonly Pick<ItemRow, 'id' | 'itemId'>[] },
  of: { customerId: UserId; eventItemId: EventItemId },
  share: ShareLimit,
): number {
  const ids = sharedLimitIds(items, of.eventItemId);
  let waiting = 0;
  for (const { customerId, eventItemId, status, minQuantity } of entries) {
    const isOther = customerId !== of.customerId && share(customerId, of.customerId);
    if (isOther && status === 'waiting' && ids.has(eventItemId)) waiting += minQuantity;
  }
  return waiting;
}

/** @returns held and bought units of all variants of an item, of a customer and those who share their limit. */
export function unitsOf(
  {
    orders,
    items,
  }: { orders: Iterable<OrderRow>; items: readonly Pick<ItemRow, 'id' | 'itemId'>[] },
  of: { customerId: UserId; eventItemId: EventItemId },
  share: ShareLimit,
): { held: number; bought: number } {
  const ids = sharedLimitIds(items, of.eventItemId);
  let held = 0;
  let bought = 0;
  for (const order of orders) {
    if (!ids.has(order.eventItemId) || !share(order.customerId, of.customerId)) continue;
    if (order.status === 'pending') held += order.quantity;
    if (order.status === 'confirmed') bought += order.quantity - order.unitsReturned;
  }
  return { held, bought };
}
