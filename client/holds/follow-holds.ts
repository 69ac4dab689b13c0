/** Learns of holds while no screen does: once after the page opened, and again after a sleep. */
import type { ShopApi } from '../api/api.ts';
import type { Holds } from './holds.ts';
import type { OrderUpdates } from './order-updates.ts';

export interface FollowHoldsPorts {
  readonly userId: string;
  readonly api: Pick<ShopApi, 'listOrders'>;
  readonly holds: Holds;
  readonly orderUpdates: OrderUpdates;
  /** Whether the screen that is shown asks for orders by itself. */
  isAskedFor(): boolean;
  /** Calls back when the page comes back to life. @returns a function that stops it */
  onWake(wake: () => void): () => void;
}

/** A screen that asks by itself begins with that; nobody need be asked for twice. */
const ASK_AFTER_MS = 1_500;

/** @returns a function that ends it */
export function followHolds({ userId, api, holds, ...ports }: FollowHoldsPorts): () => void {
  async function ask() {
    const history = await api.listOrders();
    if (history.ok) holds.learn(history.value.orders);
  }
  const hasHolds = () => holds.current.peek().length > 0;
  const timer = setTimeout(() => {
    if (!hasHolds() && !ports.isAskedFor()) void ask();
  }, ASK_AFTER_MS);
  const stopWake = ports.onWake(() => {
    if (hasHolds()) void ask();
  });
  const stopUpdates = ports.orderUpdates.subscribe(userId, holds.learn);
  return () => {
    clearTimeout(timer);
    stopWake();
    stopUpdates();
  };
}
