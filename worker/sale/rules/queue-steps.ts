/** What an event's object does of itself for its queue, besides what its alarm makes it do. Pure. */
import type { EventState } from '../../contract/event-state.ts';

/** Draw what is due to be drawn, or settle an empty group that makes further offers. */
export type QueueStep = 'draw' | 'serve';

/** What a settlement left to be done at once; undefined for nothing. */
export function nextQueueStep(event: EventState, nowMs: number): QueueStep | undefined {
  const { queue, opensAtMs, closesAtMs } = event;
  if (queue === undefined || nowMs < opensAtMs || nowMs >= closesAtMs) return undefined;
  if (queue.drawAtMs !== null) return nowMs >= queue.drawAtMs ? 'draw' : undefined;
  return queue.hasMore ? 'serve' : undefined;
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
