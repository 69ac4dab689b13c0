/** What the sweep of every minute finds left undone in a sale; as worker/sweep/sweep.ts does. Pure. */
import { isUnstated } from './check-statements.ts';
import type { Snapshot } from './ledger.ts';
import { releasedAtMs } from './payment-rows.ts';
import { isServing, isUndrawn, unservedEntry } from './queue-facts.ts';

/** @param beforeMs what was due by then is overdue. */
export function needsSweep(snapshot: Snapshot, beforeMs: number): boolean {
  const { orders, opensAtMs, closesAtMs, queue } = snapshot;
  const isOverdue = [...orders.values()].some(
    (order) => order.status === 'pending' && releasedAtMs(order) <= beforeMs,
  );
  if (isOverdue || isUnstated(queue)) return true;
  const isOpen = beforeMs >= opensAtMs && beforeMs < closesAtMs;
  if (isOpen && isUndrawn(queue)) return queue.entries.size > 0;
  return isServing(snapshot, beforeMs) && unservedEntry(snapshot) !== undefined;
}
