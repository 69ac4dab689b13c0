/** What admins and draws may do to queue entries and orders, beside the settlements. */
import { isChanged } from './check-entries.ts';
import type { ReportViolation } from './first-violation.ts';
import type { AdminChange, Snapshot } from './ledger.ts';
import { takesNothing } from './model-items.ts';
import type { EntryRow } from './queue-rows.ts';

/** What an admin, or a draw, did. */
export function checkEntriesBeside(
  { before, after, change }: { before: Snapshot; after: Snapshot; change: AdminChange | 'draw' },
  violated: ReportViolation,
): void {
  const [was, is] = [before.queue.row, after.queue.row];
  if (
    (was?.settlement ?? 0) > (is?.settlement ?? 0) ||
    (was?.settledAtMs ?? 0) > (is?.settledAtMs ?? 0)
  )
    violated('the numbers of settlements never go back', JSON.stringify({ was, is }));
  for (const entry of after.queue.entries.values()) {
    const known = before.queue.entries.get(entry.id);
    if (known === undefined) return violated('nobody enters beside the settlements', entry.id);
    // Also whoever left behind the lock.
    const isRanked = change === 'draw' && known.rank === null;
    const compared = isRanked ? { ...known, rank: entry.rank } : known;
    if (!isChanged({ was: compared, entry }, violated)) continue;
    if (change === 'draw' || !isReason(change, entry))
      violated('an entry ends for a reason', `${entry.id} ${entry.status} ${entry.reason}`);
    if (entry.endedIn !== is?.settlement)
      violated('an entry names the settlement that ended it', entry.id);
  }
  checkNumbered({ before, after }, violated);
  checkDeleted({ before, after, change }, violated);
}

/** An admin disqualifies whoever waits; they leave with their account. */
function isReason(change: AdminChange, { id, customerId, status, reason }: EntryRow): boolean {
  if (change.kind === 'disqualify') return change.entryId === id && reason === 'disqualified';
  if (change.kind === 'cancel_batch') return status === 'skipped' && reason === 'event_cancelled';
  const isTheirs = change.kind === 'delete_account' && change.customerIds.includes(customerId);
  return isTheirs && status === 'left';
}

/** Nobody waits whose account is deleted. */
function checkDeleted(
  { before, after, change }: { before: Snapshot; after: Snapshot; change: AdminChange | 'draw' },
  violated: ReportViolation,
): void {
  if (change === 'draw' || change.kind !== 'delete_account') return;
  const gone = new Set(change.customerIds.filter((id) => !before.inactive.has(id)));
  const waits = [...after.queue.entries.values()].find(
    ({ customerId, status }) => status === 'waiting' && gone.has(customerId),
  );
  if (waits) violated('nobody waits whose account is deleted', waits.id);
}

/** What changes units or entries beside the settlements has a number of its own, where they have one. */
function checkNumbered(
  { before, after }: { before: Snapshot; after: Snapshot },
  violated: ReportViolation,
): void {
  const [was, is] = [before.queue.row, after.queue.row];
  if (was === null || is === null) return;
  const totals = new Map(before.items.map(({ id, total }) => [id, total]));
  const hasChanged =
    after.items.some(({ id, total }) => (totals.get(id) ?? total) !== total) ||
    [...after.queue.entries.values()].some(
      ({ id, status }) => before.queue.entries.get(id)?.status !== status,
    );
  const ended = [...after.orders.values()].filter(
    ({ id, status }) => before.orders.get(id)?.status !== status,
  );
  if ((hasChanged || ended.length > 0) && is.settlement <= was.settlement)
    violated('a change of units or entries has a number', JSON.stringify({ was, is }));
  // An admin may shut out several customers, one after another.
  const isOfChange = (number: number | null) =>
    number !== null && number > was.settlement && number <= is.settlement;
  const wrong = ended.find(({ endedIn }) => !isOfChange(endedIn));
  if (wrong) violated('an order names the settlement that ended it', wrong.id);
}

/** Once somebody has entered, an edit is written only where it takes nothing from them. */
export function checkEdit(
  {
    before,
    change,
    outcome,
  }: { before: Snapshot; change: AdminChange; outcome: string | undefined },
  violated: ReportViolation,
): void {
  if (change.kind !== 'edit_plan' || before.queue.entries.size === 0) return;
  const planned = before.items.map(({ itemId, variantId, priceCents, total, limit }) => {
    return { itemId, variantId, priceCents, stock: total, limitPerCustomer: limit };
  });
  const isKept = takesNothing(planned, change.items);
  const isRight =
    outcome === 'cancelled' ||
    outcome === 'not_locked' ||
    outcome === (isKept ? 'written' : 'has_entries');
  if (!isRight) violated('an edit takes nothing from whoever waits', `${outcome}`);
}
