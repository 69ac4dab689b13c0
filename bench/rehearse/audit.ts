/** Asks the shop, after the sale, what its database says. Must not judge the answers. */
import type { Integrity } from '../../worker/contract/events.ts';
import type { EventId, OrderId } from '../../worker/contract/ids.ts';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import { inParallel } from './lanes.ts';
import { AUDIT_PARALLEL, type Pace } from './pace.ts';
import type { Account, Shop } from './shop.ts';
import type { Shopper } from './shopper.ts';
import { addTo, type Tally } from './tally.ts';

interface Row {
  status: OrderStatus;
  units: number;
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
  shop: Pick<Shop, 'integrity' | 'orders'>;
  tally: Tally;
  pace: Pace;
  serverNow: () => number;
  sleep: (ms: number) => Promise<void>;
}

export async function audit(
  deps: AuditDeps,
  sale: { eventId: EventId; admin: Account; shoppers: readonly Shopper[] },
): Promise<Audit> {
  const integrity = await recount(deps, sale.eventId, sale.admin);
  const rows = new Map<OrderId, Row>();
  const holders = [...new Set(deps.tally.holds.map((hold) => hold.shopper))];
  const unread = new Set<number>();
  await inParallel(AUDIT_PARALLEL, holders.length, async (place) => {
    const shopper = sale.shoppers[holders[place] ?? -1];
    if (!shopper) return;
    const said = await deps.shop.orders(shopper.account);
    if (said.kind !== 'ok') {
      unread.add(shopper.index);
      addTo(deps.tally.unexpected, `order history: ${said.kind}`);
      return;
    }
    for (const order of said.value) {
      rows.set(order.id, { status: order.status, units: order.quantity });
    }
  });
  return { integrity, rows, unread };
}

/** Waits for abandoned holds to come back, for as long as they may take, and takes the last count. */
async function recount(deps: AuditDeps, id: EventId, admin: Account): Promise<Integrity | null> {
  const lastExpiryMs = deps.tally.holds.reduce((last, hold) => Math.max(last, hold.expiresAtMs), 0);
  const untilMs = Math.max(lastExpiryMs, deps.serverNow()) + deps.pace.settleMsMax;
  // Somebody else may have had it counted just before the last purchase was settled.
  await deps.sleep(deps.pace.recountAgeMsMax);
  for (;;) {
    const said = await deps.shop.integrity(admin, id);
    if (said.kind !== 'ok') {
      addTo(deps.tally.unexpected, `integrity: ${said.kind}`);
      return null;
    }
    const held = said.value.items.some((item) => item.held > 0 || item.recounted.held > 0);
    if (!held || deps.serverNow() >= untilMs) return said.value;
    await deps.sleep(deps.pace.settlePollMs);
  }
}
