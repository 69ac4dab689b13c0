/** What a shopper does in a sale with a queue, besides their role. Must not know HTTP or time. */
import type { Shopper } from './sale-context.ts';
import type { Wished } from './shop-client.ts';

/** `draw`: they enter before the opening. `waitlist`: they buy, and wait if it is sold out. */
export type QueueMode = 'draw' | 'waitlist';

/** Of the item. */
export const QUEUE_LIMIT = 3;
const LATE_SHARE = 0.1;
const PRESS_SHARE = 0.05;

export interface Part {
  kind: 'enter' | 'enter late' | 'press';
  wish: Wished;
  /** Taps twice. */
  entersTwice: boolean;
  /** Leaves before their turn. */
  quits: boolean;
}

/** Drawn from the shopper's own random numbers. */
export function drawPart({ account: { random }, role }: Shopper): Part {
  const share = random();
  const quantity = 1 + Math.floor(random() * QUEUE_LIMIT);
  const minQuantity = random() < 1 / 3 ? quantity : 1;
  const quits = role.ending === 'cancel' && random() < 1 / 2;
  const late = share < PRESS_SHARE + LATE_SHARE ? 'enter late' : 'enter';
  return {
    kind: share < PRESS_SHARE ? 'press' : late,
    wish: { quantity, minQuantity },
    entersTwice: role.doubleClicks,
    quits,
  };
}
