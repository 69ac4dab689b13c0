/** A draw ranks the entries that waited at the lock, whatever became of them since, by the scores of the seed, and once. */
import { createHmac } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { ReportViolation } from './first-violation.ts';
import type { Snapshot } from './ledger.ts';
import type { DrawnBy } from './model-draw.ts';
import type { EntryRow } from './queue-rows.ts';

export function checkDrawn(
  {
    before,
    after,
    by: { seed },
    drawn,
  }: { before: Snapshot; after: Snapshot; by: DrawnBy; drawn: boolean },
  violated: ReportViolation,
): void {
  const [was, is] = [before.queue.draw, after.queue.draw];
  if (drawn !== ((is?.drawnAtMs ?? null) !== null))
    violated('a draw is drawn where it says so', JSON.stringify({ drawn, is }));
  if (is === null || is.drawnAtMs === null) return;
  if (was === null) return violated('nothing is drawn before its lock', JSON.stringify(is));
  const hex = Buffer.from(seed).toString('hex');
  if (is.seed !== (was.drawnAtMs === null ? hex : was.seed))
    violated('a draw is drawn by its first seed', `${was.seed} ${is.seed}`);
  if (was.lockedAtMs !== is.lockedAtMs || was.entryCount !== is.entryCount)
    violated('a lock is final', JSON.stringify({ was, is }));
  if (was.drawnAtMs === null) checkRanks(after, seed, violated);
}

function checkRanks({ queue, items }: Snapshot, seed: Uint8Array, violated: ReportViolation): void {
  const scoreOf = ({ id }: EntryRow) => createHmac('sha256', seed).update(id).digest('hex');
  const { entryCount: count = 0, lockedIn = 0 } = queue.draw ?? {};
  for (const { id } of items) {
    const entries = [...queue.entries.values()].filter((entry) => entry.eventItemId === id);
    const early = entries.filter(({ seq }) => seq <= count).toSorted((a, b) => a.seq - b.seq);
    const drawn = early.filter(
      ({ status, endedIn }) => status !== 'left' || (endedIn ?? lockedIn) >= lockedIn,
    );
    const gone = early.find((entry) => !drawn.includes(entry) && entry.rank !== null);
    if (gone) violated('who left before the lock has no rank', `${gone.id} ${gone.rank}`);
    const byScore = drawn.toSorted((a, b) => (scoreOf(a) < scoreOf(b) ? -1 : 1));
    const wrong = byScore.find(({ rank }, n) => rank !== n + 1);
    if (wrong) violated('the smallest score comes first', `${wrong.id} has rank ${wrong.rank}`);
    const late = entries.find(({ seq, rank }) => seq > count && rank !== seq);
    if (late) violated('who comes behind the lock goes behind', `${late.id} ${late.rank}`);
  }
}

/** The first settlement at the close of entries, or later, locks them. */
export function checkLock(
  { before, after, nowMs }: { before: Snapshot; after: Snapshot; nowMs: number },
  violated: ReportViolation,
): void {
  const { plan, draw } = after.queue;
  const closeMs = plan.entriesCloseAtMs;
  if (closeMs === null) {
    if (draw !== null) violated('only draws are locked', JSON.stringify(draw));
    return;
  }
  const was = before.queue.draw;
  if (was !== null) {
    if (!isDeepStrictEqual(was, draw)) violated('a lock is final', JSON.stringify({ was, draw }));
    return;
  }
  if ((draw !== null) !== nowMs >= closeMs)
    violated('entries are locked when they close', `${nowMs} of ${closeMs}`);
  const isRight =
    draw === null ||
    (draw.entryCount === (before.queue.row?.lastSeq ?? 0) && draw.drawnAtMs === null);
  if (!isRight) violated('a lock counts those who came before it', JSON.stringify(draw));
}
