/** Queue entries: how they may change, what their counters say, and that each offer is one order. */
import type { QueueEntryId } from '../worker/contract/ids.ts';
import { type Commit, hasQueueBefore } from './commit.ts';
import type { ReportViolation } from './first-violation.ts';
import { type Snapshot, shareLimit, unitsOf, waitingOfOthers } from './ledger.ts';
import { queueFacts, takesOnlyLate } from './queue-facts.ts';
import type { EntryRow } from './queue-rows.ts';

/** What an entry keeps from its first moment to its last. */
const LASTING = [
  'eventItemId',
  'customerId',
  'quantity',
  'minQuantity',
  'enteredAtMs',
  'seq',
  'enteredIn',
] as const;

/** Of every committed state. */
export function checkQueueRows(
  { items, orders, queue }: Snapshot,
  violated: ReportViolation,
): void {
  const entries = [...queue.entries.values()];
  for (const { id, queue: told } of items) {
    const waiting = entries.filter((e) => e.eventItemId === id && e.status === 'waiting');
    const offered = entries.filter((e) => e.eventItemId === id && e.status === 'offered');
    const waitingUnits = waiting.reduce((sum, { quantity }) => sum + quantity, 0);
    const servedRank = Math.max(0, ...offered.map(({ rank }) => rank ?? 0));
    const isRecount =
      told.waiting === waiting.length &&
      told.waitingUnits === waitingUnits &&
      told.servedRank === servedRank &&
      told.offers === offered.length;
    if (!isRecount) {
      const recounted = { waiting: waiting.length, waitingUnits, servedRank };
      violated(
        'the queue’s counters are a recount of the entries',
        `${id} ${JSON.stringify(told)}, recounted ${JSON.stringify(recounted)}`,
      );
    }
  }
  const offers = new Set<QueueEntryId>();
  for (const { id, entryId, customerId } of orders.values()) {
    if (entryId === null) continue;
    const entry = queue.entries.get(entryId);
    if (offers.has(entryId)) violated('an entry is offered once', `${entryId} again by ${id}`);
    offers.add(entryId);
    if (entry?.orderId !== id || entry.customerId !== customerId)
      violated('an offer is its entry’s order', `${id} of ${entryId}`);
  }
  const seqs = new Set(entries.map(({ seq }) => seq));
  if (seqs.size !== entries.length || entries.some(({ seq }) => seq > entries.length))
    violated('entries are numbered without a gap', `${entries.length} entries`);
  for (const { id, status, orderId, reason } of entries) {
    if ((status === 'offered') !== offers.has(id) || (status === 'offered') !== (orderId !== null))
      violated('who is offered has an order', `${id} ${status} ${orderId}`);
    if ((status === 'skipped') !== (reason !== null))
      violated('who is skipped is told why', `${id} ${status} ${reason}`);
  }
}

/** What a settlement did to entries. */
export function checkEntryChanges(commit: Commit, violated: ReportViolation): void {
  const { before, after, settlement } = commit;
  checkNumbers(commit, violated);
  for (const entry of after.queue.entries.values()) {
    const was = before.queue.entries.get(entry.id);
    if (was === undefined) checkNew(commit, entry, violated);
    else if (isChanged({ was, entry }, violated)) checkCause(commit, entry, violated);
  }
  if (settlement.queue === undefined && after.queue.entries.size > 0)
    violated('how a queue stands is told', 'it is left out');
}

function checkNumbers(commit: Commit, violated: ReportViolation): void {
  const { before, after, nowMs, settlement } = commit;
  const [was, is] = [before.queue.row, after.queue.row];
  if (settlement.queue === undefined || is === null) return;
  if (is.settlement !== (was?.settlement ?? 0) + 1)
    violated('settlements are numbered one after another', JSON.stringify({ was, is }));
  const isTime = is.settledAtMs >= Math.max(nowMs, was?.settledAtMs ?? 0);
  if (!isTime) violated('the time of settlements never goes back', JSON.stringify({ was, is }));
  if (!hasQueueBefore(commit)) return;
  for (const order of after.orders.values()) {
    const known = before.orders.get(order.id);
    if (known === undefined && order.madeIn !== is.settlement)
      violated('an order names the settlement that made it', order.id);
    if (known !== undefined && known.status !== order.status && order.endedIn !== is.settlement)
      violated('an order names the settlement that ended it', order.id);
  }
}

function checkNew(commit: Commit, entry: EntryRow, violated: ReportViolation): void {
  const { before, after, group, settlement } = commit;
  const asked = group.find((one) => one.kind === 'enter' && one.entryId === entry.id);
  if (asked?.kind !== 'enter') return violated('every entry was asked for', entry.id);
  const isAsAsked =
    asked.customerId === entry.customerId &&
    asked.eventItemId === entry.eventItemId &&
    asked.quantity === entry.quantity &&
    asked.minQuantity === entry.minQuantity;
  if (!isAsAsked) violated('an entry is what was asked for', JSON.stringify({ entry, asked }));
  const isNew =
    entry.status === 'waiting' &&
    entry.enteredAtMs === after.queue.row?.settledAtMs &&
    entry.enteredIn === after.queue.row?.settlement &&
    entry.seq > (before.queue.row?.lastSeq ?? 0);
  if (!isNew) violated('a new entry waits', JSON.stringify(entry));
  const isLate = takesOnlyLate(after.queue);
  if (entry.rank !== (isLate ? entry.seq : null))
    violated('who comes behind the lock goes behind', `${entry.id} ${entry.rank}`);
  if (asked.atMs >= before.closesAtMs || !before.published)
    violated('nobody enters after the end', entry.id);
  if (after.queue.plan.admission === 'first_come' && asked.atMs < before.opensAtMs)
    violated('nobody enters before the opening', entry.id);
  if (isLate && !after.queue.plan.waitlist)
    violated('nobody enters a queue that is closed', entry.id);
  const item = after.items.find(({ id }) => id === entry.eventItemId);
  const isFree = (item?.remaining ?? 0) > 0 && settlement.queue?.drawAtMs === null;
  if (isLate && isFree && !settlement.queue?.hasMore)
    violated('nobody waits for what is free', entry.id);
  const isUnverified = before.requireVerifiedEmail && before.unverified.has(entry.customerId);
  if (isUnverified || before.inactive.has(entry.customerId))
    violated('nobody enters who may not buy', entry.id);
  checkOften(after, entry, violated);
  checkLimit(after, entry, violated);
}

const ENTRIES_PER_DAY_MAX = 5;

function checkOften({ queue, orders }: Snapshot, entry: EntryRow, violated: ReportViolation): void {
  const mine = [...queue.entries.values()].filter(
    (other) => other.customerId === entry.customerId && other.eventItemId === entry.eventItemId,
  );
  if (mine.length > ENTRIES_PER_DAY_MAX) violated('nobody enters too often', entry.customerId);
  if (mine.filter(({ status }) => status === 'waiting').length > 1)
    violated('nobody waits twice for an item', entry.customerId);
  if (mine.some(({ orderId }) => orderId && orders.get(orderId)?.status === 'pending'))
    violated('nobody waits beside their offer', entry.customerId);
}

/** Who enters could be served, also if it were first the turn of all who share their limit and came before. */
function checkLimit(snapshot: Snapshot, entry: EntryRow, violated: ReportViolation): void {
  const { queue, items, orders } = snapshot;
  const share = shareLimit(snapshot);
  const earlier = [...queue.entries.values()].filter(({ seq }) => seq < entry.seq);
  const { held, bought } = unitsOf({ orders: orders.values(), items }, entry, share);
  const waiting = waitingOfOthers({ entries: earlier, items }, entry, share);
  const limit = items.find(({ id }) => id === entry.eventItemId)?.limit ?? 0;
  const most = Math.max(entry.quantity, held + bought + waiting + entry.minQuantity);
  if (most > limit) violated('nobody waits for more than the limit', entry.id);
}

/** @returns whether its state changed; by a known way. */
export function isChanged(
  { was, entry }: { was: EntryRow; entry: EntryRow },
  violated: ReportViolation,
): boolean {
  for (const field of LASTING) {
    if (was[field] !== entry[field])
      violated('an entry keeps its terms', `${entry.id} ${field} ${was[field]} -> ${entry[field]}`);
  }
  if (was.rank !== entry.rank)
    violated('an entry keeps its rank', `${entry.id} ${was.rank} -> ${entry.rank}`);
  if (was.status === entry.status) {
    const isSame = was.orderId === entry.orderId && was.reason === entry.reason;
    if (!isSame)
      violated('an entry’s end is final', `${entry.id} ${entry.orderId} ${entry.reason}`);
    return false;
  }
  if (was.status !== 'waiting')
    violated('an entry’s end is final', `${entry.id} ${was.status} -> ${entry.status}`);
  return true;
}

function checkCause(commit: Commit, entry: EntryRow, violated: ReportViolation): void {
  const { after, before, group } = commit;
  const why = `${entry.id} ${entry.status} ${entry.reason}`;
  if (entry.endedIn !== after.queue.row?.settlement)
    violated('an entry names the settlement that ended it', why);
  if (entry.status === 'left') {
    const isAsked = group.some(
      (one) =>
        one.kind === 'leave' && one.entryId === entry.id && one.customerId === entry.customerId,
    );
    if (!isAsked) violated('an entry ends for a reason', why);
  }
  if (entry.status !== 'skipped') return;
  const isUnverified = before.requireVerifiedEmail && before.unverified.has(entry.customerId);
  const isTrue = {
    deactivated: () => before.inactive.has(entry.customerId),
    email_unverified: () => isUnverified,
    limit_reached: () => queueFacts(after).leftOf(entry) < entry.minQuantity,
    disqualified: () => false,
    event_cancelled: () => false,
  }[entry.reason ?? 'disqualified']();
  if (!isTrue) violated('an entry ends for a reason', why);
}
