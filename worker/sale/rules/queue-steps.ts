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
