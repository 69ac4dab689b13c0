/** The units held for whoever is signed in, as far as any screen has learnt of them. Must not ask. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { Order, OrderHistoryEntry } from '../../worker/contract/orders.ts';

export type HeldOrder = Order & Partial<Pick<OrderHistoryEntry, 'itemName'>>;

export interface Holds {
  /** Some may have ended by the clock. */
  readonly current: ReadonlySignal<readonly HeldOrder[]>;
  /** Orders as they now are: a hold is kept, and what is one no more is dropped. */
  learn(orders: readonly HeldOrder[]): void;
  /** Somebody else is signed in, or nobody. */
  forget(): void;
}

export function createHolds(): Holds {
  const current = signal<readonly HeldOrder[]>([]);
  return {
    current,
    learn: (orders) => {
      const before = new Map(current.peek().map((hold) => [hold.id, hold]));
      const after = new Map(before);
      for (const order of orders) {
        if (order.status === 'pending') after.set(order.id, { ...after.get(order.id), ...order });
        else after.delete(order.id);
      }
      const isSame =
        after.size === before.size &&
        [...after].every(([id, { itemName }]) => {
          const known = before.get(id);
          return known !== undefined && known.itemName === itemName;
        });
      if (!isSame) current.value = [...after.values()];
    },
    forget: () => {
      current.value = [];
    },
  };
}
