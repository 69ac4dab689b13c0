/** Which holds are shown to a shopper on every screen. Must not know what time it is. */
import type { HeldOrder } from './holds.ts';

/** How long it is shown that a hold has ended. */
export const ENDED_SHOWN_MS = 60_000;

export function endsMs({ expiresAt }: HeldOrder): number {
  return Date.parse(expiresAt);
}

/** When other holds are to be shown than now; null where that is never. */
export function nextHoldChangeMs(holds: readonly HeldOrder[], nowMs: number): number | null {
  const moments = holds.flatMap((hold) => [endsMs(hold), endsMs(hold) + ENDED_SHOWN_MS]);
  const next = moments.filter((ms) => ms > nowMs);
  return next.length > 0 ? Math.min(...next) : null;
}

/** @returns those that run, the first to end first, and the last one that ended a moment ago. */
export function shownHolds(
  holds: readonly HeldOrder[],
  nowMs: number,
): { running: HeldOrder[]; ended: HeldOrder | undefined } {
  const inOrder = holds.toSorted((a, b) => endsMs(a) - endsMs(b));
  const running = inOrder.filter((hold) => endsMs(hold) > nowMs);
  const ended = inOrder.findLast(
    (hold) => endsMs(hold) <= nowMs && endsMs(hold) + ENDED_SHOWN_MS > nowMs,
  );
  return { running, ended };
}
