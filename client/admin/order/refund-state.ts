/** What became of an order's refunds, as its story tells. Pure. */
import type { StoryEntry } from '../../../worker/contract/order-story.ts';
import type { RefundAnswer } from '../../../worker/contract/refunds.ts';

type Story = readonly StoryEntry[];

/** Whether money is on its way back. */
export function isReturning(story: Story): boolean {
  const count = (what: StoryEntry['what']) => story.filter((entry) => entry.what === what).length;
  return count('refund_decided') > count('refunded') + count('refund_failed');
}

/** How a refund ended; undefined while it is on its way. */
export function endOfRefund(
  { createdAt }: Pick<RefundAnswer['refund'], 'createdAt'>,
  story: Story,
): StoryEntry | undefined {
  if (isReturning(story)) return undefined;
  const sinceMs = Date.parse(createdAt);
  const since = story.filter(({ at }) => Date.parse(at) >= sinceMs);
  // All of what was not charged yet is not given back but never charged.
  const released = since.find(({ what }) => what === 'released');
  return released ?? since.findLast(({ what }) => what === 'refunded' || what === 'refund_failed');
}
