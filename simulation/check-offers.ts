/** What an order must be that nobody in its group asked for: the offer of an entry that waited. */
import type { Commit } from './commit.ts';
import type { ReportViolation } from './first-violation.ts';
import type { OrderRow } from './ledger.ts';
import { queueFacts } from './queue-facts.ts';

/** @param order a new one, with an entry. */
export function checkOffer(commit: Commit, order: OrderRow, violated: ReportViolation): void {
  const { before, after, nowMs, settlement } = commit;
  const was = order.entryId === null ? undefined : before.queue.entries.get(order.entryId);
  const entry = order.entryId === null ? undefined : after.queue.entries.get(order.entryId);
  const isWished =
    was?.status === 'waiting' &&
    was.customerId === order.customerId &&
    was.eventItemId === order.eventItemId;
  if (!isWished || entry === undefined)
    return violated('an offer is what somebody waited for', JSON.stringify({ order, was }));
  const told = settlement.unaskedOrders.some(({ order: { id } }) => id === order.id);
  if (!told) violated('the object is told of each offer', order.id);
  const free = entry.freeFound ?? 0;
  const { quantity } = order;
  const terms = `${order.id} of ${quantity}, wished are ${was.quantity} from ${was.minQuantity}, ${free} free`;
  if (quantity < was.minQuantity || quantity > was.quantity || quantity > free)
    violated('an offer is within the wish', terms);
  // Their units only grow between the offer and the end of the settlement.
  const left = queueFacts(after).leftOf(was) + quantity;
  if (quantity < Math.min(was.quantity, free, left))
    violated('an offer is as large as it can be', terms);
  const endsAtMs = Math.min(nowMs + after.queue.plan.offerSeconds * 1_000, commit.offersEndAtMs);
  if (order.reservedAtMs !== nowMs || order.expiresAtMs !== endsAtMs)
    violated(
      'an offer lasts as long as it should',
      `${order.id} until ${order.expiresAtMs}, not ${endsAtMs}`,
    );
}
