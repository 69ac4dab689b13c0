/** Asks the shop, after the sale, what its database says. Must not judge the answers. */
import type { Integrity } from '../../worker/contract/events.ts';
import type { EventId, EventItemId, OrderId } from '../../worker/contract/ids.ts';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import type { OrderPayment } from '../../worker/contract/payments.ts';
import { inParallel } from './limiter.ts';
import { increment, type Observations } from './observations.ts';
import type { Shopper } from './sale-context.ts';
import type { Account, ShopClient } from './shop-client.ts';
import { AUDIT_PARALLEL, type Timing } from './timing.ts';

export interface Row {
  /** Whose it is, by index. */
  shopper: number;
  eventItemId: EventItemId;
  status: OrderStatus;
  units: number;
  /** Of an order that had to be paid online, what the shop tells of its money. */
  payment?: OrderPayment | null | undefined;
}

export interface Audit {
  /** Null if the shop never answered. */
  integrity: Integrity | null;
  /** Every order in the history of everyone who was given a hold. */
  rows: Map<OrderId, Row>;
  /** Shoppers whose history could not be read, by index. */
  unread: Set<number>;
}

export interface AuditDeps {
  shop: Pick<ShopClient, 'integrity' | 'orders'>;
  observations: Observations;
  timing: Timing;
  serverNow: () => number;
  sleep: (ms: number) => Promise<void>;
}

export async function audit(
  deps: AuditDeps,
  sale: { eventId: EventId; admin: Account; shoppers: readonly Shopper[] },
): Promise<Audit> {
  const integrity = await recount(deps, sale.eventId, sale.admin);
  return { integrity, ...(await readRows(deps, sale.shoppers)) };
}

/** The order histories of everyone who was given a hold. */
export async function readRows(
  deps: AuditDeps,
  shoppers: readonly Shopper[],
): Promise<Pick<Audit, 'rows' | 'unread'>> {
  const rows = new Map<OrderId, Row>();
  const holders = [...new Set(deps.observations.holds.map((hold) => hold.shopper))];
  const unread = new Set<number>();
  await inParallel(AUDIT_PARALLEL, holders.length, async (place) => {
    const shopper = shoppers[holders[place] ?? -1];
    if (!shopper) return;
    const result = await deps.shop.orders(shopper.account);
    if (result.kind !== 'ok') {
      unread.add(shopper.index);
      increment(deps.observations.unexpected, `order history: ${result.kind}`);
      return;
    }
    for (const { id, eventItemId, status, quantity, payment } of result.value) {
      rows.set(id, { shopper: shopper.index, eventItemId, status, units: quantity, payment });
    }
  });
  return { rows, unread };
}

/** Waits for abandoned holds to come back, for as long as they may take, and takes the last count. */
async function recount(deps: AuditDeps, id: EventId, admin: Account): Promise<Integrity | null> {
  const lastExpiryMs = deps.observations.holds.reduce(
    (last, hold) => Math.max(last, hold.expiresAtMs),
    0,
  );
  const untilMs = Math.max(lastExpiryMs, deps.serverNow()) + deps.timing.settleMsMax;
  // Somebody else may have had it counted just before the last purchase was settled.
  await deps.sleep(deps.timing.recountAgeMsMax);
  for (;;) {
    const result = await deps.shop.integrity(admin, id);
    if (result.kind !== 'ok') {
      increment(deps.observations.unexpected, `integrity: ${result.kind}`);
      return null;
    }
    const held = result.value.items.some((item) => item.held > 0 || item.recounted.held > 0);
    if (!held || deps.serverNow() >= untilMs) return result.value;
    await deps.sleep(deps.timing.settlePollMs);
  }
}
