/** The five laws of the queue, checked on what each settlement did. */
import { type EventItemId, offerOrderId } from '../worker/contract/ids.ts';
import { type Commit, confirmsLate } from './commit.ts';
import type { ReportViolation } from './first-violation.ts';
import type { OrderRow } from './ledger.ts';
import { SERVED_MAX } from './model-queue.ts';
import { isServing, isUndrawn, type QueueFacts, queueFacts, unservedEntry } from './queue-facts.ts';
import type { EntryRow } from './queue-rows.ts';

export function checkQueueLaws(commit: Commit, violated: ReportViolation): void {
  const { before, after } = commit;
  if (after.queue.row === null) return;
  const facts = queueFacts(after);
  for (const { id } of after.items) {
    const offered = offeredOf(commit, id);
    checkRanks(commit, { id, offered, facts }, violated);
    checkFreeFound(commit, { id, offered }, violated);
    checkNobodyPasses(commit, { id, facts }, violated);
  }
  if (isUndrawn(before.queue)) checkNothingBeforeDraw(commit, violated);
  checkNothingLeft(commit, violated);
}

/** What the settlement offered of an item, the lowest rank first. */
function offeredOf({ before, after }: Commit, id: EventItemId): EntryRow[] {
  return [...after.queue.entries.values()]
    .filter((entry) => entry.eventItemId === id && entry.status === 'offered')
    .filter((entry) => before.queue.entries.get(entry.id)?.status !== 'offered')
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
}

interface Offered {
  id: EventItemId;
  offered: EntryRow[];
}

/** Those who waited before the settlement and wait still. */
function waitedOn({ before, after }: Commit, id: EventItemId): EntryRow[] {
  return [...after.queue.entries.values()].filter(
    (entry) =>
      entry.eventItemId === id && entry.status === 'waiting' && before.queue.entries.has(entry.id),
  );
}

/**
 * Law 1. Their units only grow between their turn and the end of the settlement, so whoever could be
 * served at its end could be then.
 */
function checkRanks(
  commit: Commit,
  { id, offered, facts }: Offered & { facts: QueueFacts },
  violated: ReportViolation,
): void {
  const { before, nowMs } = commit;
  const [first] = offered;
  if (first === undefined) return;
  // Law 4.
  if (!isServing(before, nowMs))
    violated('no offer before the opening or after the close', first.id);
  for (const entry of waitedOn(commit, id)) {
    const passing = offered.find(
      ({ rank, freeFound }) =>
        (rank ?? 0) > (entry.rank ?? Number.POSITIVE_INFINITY) &&
        facts.isServable(entry, freeFound ?? 0),
    );
    if (passing)
      violated('nobody is offered before a lower rank', `${passing.id}, ${entry.id} waits`);
  }
}

/** What an offer found free is what there was, less what those before it were offered. */
function checkFreeFound(commit: Commit, { id, offered }: Offered, violated: ReportViolation): void {
  const { before, after } = commit;
  let free = before.items.find((item) => item.id === id)?.remaining ?? 0;
  for (const order of after.orders.values()) {
    if (order.eventItemId !== id) continue;
    if (isFreed(commit, order)) free += order.quantity;
    free += order.unitsReturned - (before.orders.get(order.id)?.unitsReturned ?? 0);
  }
  for (const entry of offered) {
    if (entry.freeFound !== free) {
      violated('an offer tells what it found free', `${entry.id} ${entry.freeFound}, not ${free}`);
    }
    const order = entry.orderId === null ? undefined : after.orders.get(entry.orderId);
    free -= order?.quantity ?? 0;
  }
}

/** A hold that ended in the settlement, also if it was confirmed too late thereafter. */
function isFreed(commit: Commit, { id, status }: OrderRow): boolean {
  const was = commit.before.orders.get(id);
  if (was?.status !== 'pending') return false;
  return status === 'expired' || status === 'cancelled' || confirmsLate(commit, was);
}

/** Law 2. */
function checkNobodyPasses(
  commit: Commit,
  { id, facts }: { id: EventItemId; facts: QueueFacts },
  violated: ReportViolation,
): void {
  const { before, after, nowMs } = commit;
  if (!isServing(before, nowMs)) return;
  let free = after.items.find((item) => item.id === id)?.remaining ?? 0;
  let passing: OrderRow | undefined;
  for (const order of after.orders.values()) {
    if (order.eventItemId !== id || !isTaken(commit, order)) continue;
    passing = order;
    free += order.quantity;
  }
  if (passing === undefined) return;
  const passed = waitedOn(commit, id).find((entry) => facts.isServable(entry, free));
  if (passed) violated('no unit passes whoever waits for it', `${passing.id}, ${passed.id} waits`);
}

/** Taken after the queue was served: reserved, or confirmed too late. */
function isTaken(commit: Commit, order: OrderRow): boolean {
  const was = commit.before.orders.get(order.id);
  if (was === undefined) return order.entryId === null;
  return order.status === 'confirmed' && was.status !== 'confirmed' && confirmsLate(commit, was);
}

/** Whether free units reach the minimum of somebody who waits, whatever else is to be said of them. */
function isAnybodyNext({ items, queue }: Commit['after']): boolean {
  const reached = new Map(
    items.map(({ id, remaining, limit }) => [id, Math.min(remaining, limit)]),
  );
  return [...queue.entries.values()].some(
    ({ eventItemId, status, rank, minQuantity }) =>
      status === 'waiting' && rank !== null && minQuantity <= (reached.get(eventItemId) ?? 0),
  );
}

/** Whether somebody waits whose order would have the id of one that the settlement made. */
function isAnyIdTaken({ after, nowMs }: Commit): boolean {
  return [...after.queue.entries.values()].some(
    ({ id, status }) => status === 'waiting' && after.orders.has(offerOrderId(id, nowMs)),
  );
}

function checkNothingBeforeDraw(commit: Commit, violated: ReportViolation): void {
  for (const order of commit.after.orders.values()) {
    const isNew = !commit.before.orders.has(order.id);
    if (isNew || isTaken(commit, order)) violated('nothing is sold before the draw', order.id);
  }
}

/** Law 5. */
function checkNothingLeft(commit: Commit, violated: ReportViolation): void {
  const { before, after, nowMs, settlement } = commit;
  const hasMore = settlement.queue?.hasMore ?? false;
  const unserved = isServing(after, nowMs) ? unservedEntry(after) : undefined;
  if (unserved && !hasMore) violated('no unit is free for whoever waits', unserved.id);
  const ended = [...after.queue.entries.values()].filter(
    ({ id, status, endedIn }) =>
      endedIn === after.queue.row?.settlement &&
      status !== 'left' &&
      before.queue.entries.get(id)?.status === 'waiting',
  );
  if (ended.length > SERVED_MAX)
    violated('a settlement serves as many as it may', `${ended.length}`);
  if (hasMore && ended.length < SERVED_MAX && !isAnyIdTaken(commit))
    violated('more is left only where many were served', `${ended.length}`);
  if (hasMore && !isAnybodyNext(after))
    violated('more is left only where somebody is next', `${ended.length} were served`);
}
