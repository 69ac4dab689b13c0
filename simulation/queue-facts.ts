/** Who could be served at a moment, recounted from the rows; apart from the model and from the SQL. Pure. */
import type { Snapshot } from './ledger.ts';
import type { EntryRow } from './queue-rows.ts';

export interface QueueFacts {
  /** How many units more the entry's customer may have of its item. */
  leftOf(entry: EntryRow): number;
  /** Whether an entry that waits would be made an offer if so many units of its item were free. */
  isServable(entry: EntryRow, free: number): boolean;
}

export function queueFacts(snapshot: Snapshot): QueueFacts {
  const { items, orders, inactive, unverified, requireVerifiedEmail } = snapshot;
  const itemOf = new Map(items.map((item) => [item.id, item]));
  const nameOf = ({ customerId, eventItemId }: Pick<EntryRow, 'customerId' | 'eventItemId'>) => {
    const mailbox = snapshot.oneLimitPerMailbox ? snapshot.mailboxes.get(customerId) : undefined;
    return `${mailbox ?? customerId} ${itemOf.get(eventItemId)?.itemId}`;
  };
  const units = new Map<string, number>();
  for (const order of orders.values()) {
    if (order.status !== 'pending' && order.status !== 'confirmed') continue;
    const kept = order.quantity - order.unitsReturned;
    units.set(nameOf(order), (units.get(nameOf(order)) ?? 0) + kept);
  }
  const leftOf = (entry: EntryRow) =>
    (itemOf.get(entry.eventItemId)?.limit ?? 0) - (units.get(nameOf(entry)) ?? 0);
  return {
    leftOf,
    isServable(entry, free) {
      const { status, rank, customerId, quantity, minQuantity } = entry;
      const isEligible =
        status === 'waiting' &&
        rank !== null &&
        !inactive.has(customerId) &&
        !(requireVerifiedEmail && unverified.has(customerId));
      return isEligible && Math.min(quantity, free, leftOf(entry)) >= minQuantity;
    },
  };
}

/** Whether offers are made at that time: the sale is open, and what is drawn has been drawn. */
export function isServing(
  { opensAtMs, closesAtMs, queue }: Pick<Snapshot, 'opensAtMs' | 'closesAtMs' | 'queue'>,
  nowMs: number,
): boolean {
  return !isUndrawn(queue) && nowMs >= opensAtMs && nowMs < closesAtMs;
}

/** One that was given up is not to come any more. */
export function isUndrawn({ plan, draw, proof }: Snapshot['queue']): boolean {
  const isGivenUp = proof !== null && proof.givenUpAtMs !== null;
  return plan.admission === 'draw' && (draw?.drawnAtMs ?? null) === null && !isGivenUp;
}

/** Whether entries that come go behind all others, and only where nothing is free. */
export function takesOnlyLate({ plan, draw }: Snapshot['queue']): boolean {
  return plan.admission === 'first_come' || draw !== null;
}

/** An entry that could be served by a unit that is free, while nothing is in its way. */
export function unservedEntry(snapshot: Snapshot): EntryRow | undefined {
  if (snapshot.queue.entries.size === 0) return undefined;
  const facts = queueFacts(snapshot);
  const free = new Map(snapshot.items.map(({ id, remaining }) => [id, remaining]));
  return [...snapshot.queue.entries.values()].find((entry) =>
    facts.isServable(entry, free.get(entry.eventItemId) ?? 0),
  );
}
