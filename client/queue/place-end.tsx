/** How a place in a queue ended: its turn, passed over, the sale over, or left. Must not start another. */
import type { Order } from '../../worker/contract/orders.ts';
import type { SkipReason } from '../../worker/contract/queue.ts';
import { OtherDrops } from '../purchase/next-steps.tsx';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

/** Above the hold that the turn is. */
export function Turn({ order, wished }: { order: Order; wished: number | undefined }) {
  const { queue: texts } = LAZY_TEXTS;
  return (
    <div class="queue-turn">
      <p class="queue-turn-title">{texts.turnTitle}</p>
      <p>{texts.standing.turn()}</p>
      {wished !== undefined && wished > order.quantity && (
        <p>{texts.turnSmaller(wished, order.quantity)}</p>
      )}
    </div>
  );
}

export function NotReached() {
  const { queue: texts } = LAZY_TEXTS;
  return (
    <div class="outcome">
      <p class="outcome-title">{texts.overTitle}</p>
      <p>{texts.standing.closed()}</p>
      <OtherDrops />
    </div>
  );
}

export function Skipped({ reason }: { reason: SkipReason }) {
  const { queue: texts } = LAZY_TEXTS;
  return (
    <div class="outcome">
      <p class="outcome-title">{texts.skippedTitle}</p>
      <p>{texts.skipped[reason]}</p>
      <OtherDrops />
    </div>
  );
}
