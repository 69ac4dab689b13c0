/**
 * Tells the shopper's other windows of an order as it now is, so that a hold made in one is seen in
 * all of them at once, and nobody has to ask the server. Must not keep anything.
 */
import type { Order } from '../../worker/contract/orders.ts';
import type { HeldOrder } from './holds.ts';

export interface OrderUpdates {
  publish(userId: string, orders: readonly HeldOrder[]): void;
  /** Of orders of this user that another window learnt of. @returns a function that stops it */
  subscribe(userId: string, onOrders: (orders: readonly HeldOrder[]) => void): () => void;
}

interface Message {
  readonly userId: string;
  readonly orders: readonly (Order & { itemName?: string })[];
}

/** What of a BroadcastChannel is used; a browser without one leaves each window to itself. */
export type Channel = Pick<
  BroadcastChannel,
  'postMessage' | 'addEventListener' | 'removeEventListener'
>;

export function createOrderUpdates(channel: Channel | null): OrderUpdates {
  return {
    publish: (userId, orders) => {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel is of one origin
      channel?.postMessage({ userId, orders } satisfies Message);
    },
    subscribe: (userId, onOrders) => {
      const take = ({ data }: MessageEvent<Message>) => {
        if (data.userId === userId) onOrders(data.orders);
      };
      channel?.addEventListener('message', take);
      return () => channel?.removeEventListener('message', take);
    },
  };
}
