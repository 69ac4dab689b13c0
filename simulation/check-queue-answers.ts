/** What the ledger says about the queue must be true of the rows that it has just committed. */
import { isDeepStrictEqual } from 'node:util';
import type { LedgerAnswer, StampedAttempt } from '../worker/sale/rules/attempts.ts';
import { checkLock } from './check-draw.ts';
import { type Commit, confirmsLate, mayAct } from './commit.ts';
import type { ReportViolation } from './first-violation.ts';
import { type OrderRow, shareLimit, unitsOf, waitingOfOthers } from './ledger.ts';
import { recordOfEntry } from './model-entries.ts';
import { isUndrawn, takesOnlyLate } from './queue-facts.ts';
import type { EntryRow } from './queue-rows.ts';

const DAY_MS = 86_400_000;

type Placed = Extract<LedgerAnswer, { entry: unknown }>;
type Enter = Extract<StampedAttempt, { kind: 'enter' }>;
type Leave = Extract<StampedAttempt, { kind: 'leave' }>;

export function checkQueueAnswers(commit: Commit, violated: ReportViolation): void {
  const { group, settlement } = commit;
  checkState(commit, violated);
  for (const [n, attempt] of group.entries()) {
    const answer = settlement.answers[n];
    if (!answer) continue;
    if (attempt.kind === 'enter' || attempt.kind === 'leave') {
      if ('entry' in answer) checkPlaced(commit, { attempt, answer }, violated);
      else if ('refusal' in answer) checkNo(commit, { attempt, answer }, violated);
    } else if ('refusal' in answer && answer.refusal === 'queue_ahead') {
      const isAhead = settlement.queue?.hasMore || isUndrawn(commit.after.queue);
      if (!isAhead || attempt.kind !== 'reserve')
        violated('queue_ahead is said only when it is so', JSON.stringify(attempt));
    }
  }
}

/** How the queue stands. */
function checkState(commit: Commit, violated: ReportViolation): void {
  const { after, settlement } = commit;
  const { plan, draw } = after.queue;
  if (settlement.waitlist !== plan.waitlist)
    violated('whether one may enter is told', `${settlement.waitlist}`);
  if (settlement.queue === undefined) return;
  checkLock(commit, violated);
  const { drawAtMs, locksAtMs } = settlement.queue;
  const isTrue =
    (drawAtMs !== null) === isUndrawn(after.queue) &&
    locksAtMs === (draw === null ? plan.entriesCloseAtMs : null);
  if (!isTrue) violated('the times of a draw are told', JSON.stringify(settlement.queue));
}

function checkPlaced(
  commit: Commit,
  { attempt, answer }: { attempt: Enter | Leave; answer: Placed },
  violated: ReportViolation,
): void {
  const { before, after } = commit;
  const { entry, ahead, replayed } = answer;
  const row = after.queue.entries.get(entry.id);
  if (row === undefined || !isDeepStrictEqual(recordOfEntry(row), entry))
    return violated('an entry that is told is a row', JSON.stringify({ entry, row }));
  if (row.customerId !== attempt.customerId)
    violated('nobody is given another’s entry', `${entry.id} to ${attempt.customerId}`);
  const isOfGroup = attempt.entryId === entry.id;
  if (attempt.kind === 'leave') {
    const order = row.orderId === null ? undefined : after.orders.get(row.orderId);
    const hasLeft = row.status !== 'waiting' && order?.status !== 'pending';
    const isRight = isOfGroup && hasLeft && !wasBought(commit, order);
    if (!isRight) violated('who leaves has left', JSON.stringify({ entry, order }));
    if (!mayAct({ before }, attempt) || ahead !== null || replayed)
      violated('who leaves is told no place', JSON.stringify(answer));
    return;
  }
  if (replayed === isOfGroup || entry.eventItemId !== attempt.eventItemId)
    violated('an entry that is given again is called so', JSON.stringify(answer));
  const isHeld = row.orderId !== null && after.orders.get(row.orderId)?.status === 'pending';
  if (replayed && row.status !== 'waiting' && !isHeld)
    violated('no entry is given again that has ended', entry.id);
  if (!isOfGroup && !mayAct({ before }, attempt))
    violated('nothing is done for whose login has ended', `enter ${entry.id}`);
  // Until a draw nobody knows their place.
  const expected = isUndrawn(after.queue) ? null : placeOf(after.queue.entries.values(), row);
  if (!isDeepStrictEqual(ahead, expected))
    violated('a place that is told is the place', JSON.stringify({ entry, ahead, expected }));
}

/** Confirmed, and not too late by the same group, behind the leave. */
function wasBought(commit: Commit, order: OrderRow | undefined): boolean {
  const was = order && commit.before.orders.get(order.id);
  if (order?.status !== 'confirmed') return false;
  return was === undefined || was.status === 'confirmed' || !confirmsLate(commit, was);
}

/** What waits before an entry; null where it does not wait. */
function placeOf(entries: Iterable<EntryRow>, { eventItemId, status, rank }: EntryRow) {
  if (status !== 'waiting' || rank === null) return null;
  const place = { entries: 0, units: 0 };
  for (const other of entries) {
    const waits = other.eventItemId === eventItemId && other.status === 'waiting';
    if (!waits || other.rank === null || other.rank >= rank) continue;
    place.entries++;
    place.units += other.quantity;
  }
  return place;
}

function checkNo(
  commit: Commit,
  {
    attempt,
    answer,
  }: { attempt: Enter | Leave; answer: Extract<LedgerAnswer, { refusal: unknown }> },
  violated: ReportViolation,
): void {
  const { before, after } = commit;
  const wrong = (why: string) =>
    violated(`${answer.refusal} is said only when it is so`, `${why}: ${JSON.stringify(attempt)}`);
  if (answer.refusal === 'unauthenticated') {
    if (mayAct(commit, attempt)) wrong('the customer is signed in');
    return;
  }
  const row = after.queue.entries.get(attempt.entryId);
  if (attempt.kind === 'leave') {
    const isTheirs = row?.customerId === attempt.customerId;
    if (answer.refusal === 'not_found' && !isTheirs) return;
    const order = row?.orderId ? after.orders.get(row.orderId) : undefined;
    if (answer.refusal !== 'order_confirmed' || order?.status !== 'confirmed') wrong('it is not');
    return;
  }
  if (row) return wrong('it has its row');
  const why = whyEntered(commit, attempt, answer);
  if (why) wrong(why);
  const waits = [...before.queue.entries.values()].find(
    ({ id, customerId, eventItemId }) =>
      customerId === attempt.customerId &&
      eventItemId === attempt.eventItemId &&
      after.queue.entries.get(id)?.status === 'waiting',
  );
  if (waits) wrong(`${waits.id} waits`);
}

/** @returns why a refusal to enter is wrong; undefined if it is right. */
function whyEntered(
  { before, after, settlement }: Commit,
  attempt: Enter,
  answer: Extract<LedgerAnswer, { refusal: unknown }>,
): string | undefined {
  const { plan, entries } = after.queue;
  const item = after.items.find(({ id }) => id === attempt.eventItemId);
  const isLate = takesOnlyLate(after.queue);
  switch (answer.refusal) {
    case 'not_found':
      return unless(item === undefined || !before.published, 'the item is there');
    case 'closed':
      return unless(before.published && attempt.atMs >= before.closesAtMs, 'it is not over');
    case 'not_open':
      return unless(
        attempt.atMs < before.opensAtMs && plan.admission === 'first_come',
        'it is open',
      );
    case 'queue_closed':
      return unless(isLate && !plan.waitlist, 'the queue is open');
    case 'stock_available': {
      const isServedOn = settlement.queue?.hasMore && (item?.queue.waiting ?? 0) > 0;
      const isFree = (item?.remaining ?? 0) > 0 && !isServedOn && !isUndrawn(after.queue);
      return unless(isLate && isFree, 'none is free');
    }
    case 'email_unverified':
      return unless(
        before.requireVerifiedEmail && before.unverified.has(attempt.customerId),
        'it is not asked for here',
      );
    case 'limit_reached': {
      const share = shareLimit(after);
      const { items, orders } = after;
      const { held, bought } = unitsOf({ orders: orders.values(), items }, attempt, share);
      // Who enters behind them in this group was not there yet.
      const known = [...entries.values()].filter(({ id }) => before.queue.entries.has(id));
      const { waiting = 0 } = answer;
      const isRight =
        answer.held === held &&
        answer.bought === bought &&
        waiting >= waitingOfOthers({ entries: known, items }, attempt, share) &&
        waiting <= waitingOfOthers({ entries: entries.values(), items }, attempt, share);
      const most = Math.max(attempt.quantity, held + bought + waiting + attempt.minQuantity);
      return unless(isRight && answer.limit === item?.limit && most > answer.limit, 'it fits');
    }
    case 'rate_limited': {
      const mine = [...entries.values()].filter(
        ({ customerId, eventItemId }) =>
          customerId === attempt.customerId && eventItemId === attempt.eventItemId,
      );
      const sinceMs = Math.min(...mine.map(({ enteredAtMs }) => enteredAtMs));
      const nowMs = after.queue.row?.settledAtMs ?? 0;
      const isRight = answer.retryAfterMs === sinceMs + DAY_MS - nowMs;
      return unless(mine.length === 5 && isRight, 'they may enter');
    }
    default:
      return 'no such answer is given';
  }
}

function unless(isRight: boolean, why: string): string | undefined {
  return isRight ? undefined : why;
}
