/** The port that the model and the real SQL implement, and the rows they return. */
import { createHash } from 'node:crypto';
import type { EventItemId, ItemId, LoginId, OrderId, UserId } from '../worker/contract/ids.ts';
import type { OrderRecord, Settlement, StampedAttempt } from '../worker/sale/rules/attempts.ts';

/** The cancel key of orders that end with their account; customers' keys are never empty. */
export const ENDED_WITH_ACCOUNT = '';

export interface OrderRow extends OrderRecord {
  customerId: UserId;
  reserveKey: string | null;
  confirmKey: string | null;
  /** ENDED_WITH_ACCOUNT where its customer was deactivated. */
  cancelKey: string | null;
}

export interface ItemRow {
  id: EventItemId;
  /** What it is in the catalogue. */
  itemId: ItemId;
  total: number;
  remaining: number;
  held: number;
  sold: number;
  limit: number;
  priceCents: number;
}

/** Everything that is committed, at one moment. */
export interface Snapshot {
  opensAtMs: number;
  /** 0 once it was closed by hand. */
  closesAtMs: number;
  /** While it is not, the ledger does not know its event. */
  published: boolean;
  items: ItemRow[];
  orders: Map<OrderId, OrderRow>;
  /** Customers who were deactivated. */
  inactive: Set<UserId>;
  /** Of customers whose logins were ended at least once; 0 for all others. */
  sessionEpochs: Map<string, number>;
  /** Of customers of whose logins at least one ended alone. */
  endedLogins: Map<string, LoginId[]>;
}

export interface PlannedItem {
  itemId: ItemId;
  priceCents: number;
  stock: number;
  limitPerCustomer: number;
}

/** What admins do to a sale; to customers, one after another. */
export type AdminChange =
  | { kind: 'open' | 'close' | 'unpublish'; nowMs: number }
  | { kind: 'add_stock'; eventItemId: EventItemId; units: number }
  | { kind: 'edit_price'; eventItemId: EventItemId; priceCents: number }
  | { kind: 'edit_plan'; nowMs: number; items: PlannedItem[] }
  | { kind: 'deactivate'; customerIds: UserId[]; nowMs: number }
  /** All logins, or the one that each of them acts by. */
  | { kind: 'end_logins'; customerIds: UserId[] }
  | { kind: 'end_login'; customerIds: UserId[]; nowMs: number };

export interface Ledger {
  /** Null while the event is not published. */
  settle(group: StampedAttempt[], nowMs: number): Promise<Settlement | null>;
  change(change: AdminChange): Promise<void>;
  snapshot(): Promise<Snapshot>;
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

/** @returns held and bought units of one customer on one item. */
export function unitsOf(
  orders: Iterable<OrderRow>,
  of: { customerId: UserId; eventItemId: EventItemId },
): { held: number; bought: number } {
  let held = 0;
  let bought = 0;
  for (const order of orders) {
    if (order.customerId !== of.customerId || order.eventItemId !== of.eventItemId) continue;
    if (order.status === 'pending') held += order.quantity;
    if (order.status === 'confirmed') bought += order.quantity;
  }
  return { held, bought };
}
