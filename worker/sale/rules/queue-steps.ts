/** What an event's object does of itself for its queue, besides what its alarm makes it do. Pure. */
import type { EventState } from '../../contract/event-state.ts';

/** Go on with the draw, or settle an empty group that makes further offers. */
export type QueueStep = 'draw' | 'serve';

/** What a settlement left to be done at once; undefined for nothing. */
export function nextQueueStep(
  event: EventState,
  at: {
    nowMs: number;
    /**
     * When the next step of the draw is due, null where none is left. Undefined where nobody has looked since the
     * object was started: something may be left of a draw that is drawn, too.
     */
    drawStepAtMs: number | null | undefined;
  },
): QueueStep | undefined {
  const { queue, opensAtMs, closesAtMs } = event;
  const { nowMs, drawStepAtMs } = at;
  if (queue === undefined || isUnlocked(event)) return undefined;
  const isOpen = nowMs >= opensAtMs && nowMs < closesAtMs;
  if (queue.drawAtMs === null && queue.hasMore && isOpen) return 'serve';
  // Also where the sale is over: who would have come first is not for its seller to hide.
  const isDue = drawStepAtMs === undefined || (drawStepAtMs !== null && nowMs >= drawStepAtMs);
  return isDue ? 'draw' : undefined;
}

/** Whether entries of a draw are still to be locked: until then there is nothing to do for it. */
export function isUnlocked({ queue }: EventState): boolean {
  return queue !== undefined && queue.locksAtMs !== null;
}

/**
 * Whether the next settlement may make offers, as far as the last one showed: it is the group's attempts that
 * give units back, those that were sold by `returnsUnits` only, or holds that are due. What is changed outside of
 * the line wakes the object behind it.
 */
export function mayOffer(
  event: EventState,
  at: { nowMs: number; hasAttempts: boolean; returnsUnits: boolean },
): boolean {
  const { queue, opensAtMs, closesAtMs, items } = event;
  if (queue === undefined || at.nowMs < opensAtMs || at.nowMs >= closesAtMs) return false;
  if (queue.hasMore || queue.drawAtMs !== null) return true;
  return items.some(({ queue: ofItem, remaining, held, nextReleaseAtMs }) => {
    if (ofItem === undefined || ofItem.waiting === 0) return false;
    if (at.returnsUnits) return true;
    if (at.hasAttempts) return remaining + held > 0;
    return nextReleaseAtMs !== null && nextReleaseAtMs <= at.nowMs;
  });
}
