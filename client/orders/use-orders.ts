/** The order history of whoever is signed in, with the real world as the ports of its store. */
import { useEffect, useMemo } from 'preact/hooks';
import { useShop } from '../shop/shop.ts';
import { pollingPorts } from '../shop/use-polled.ts';
import { createOrdersStore, type OrdersStore } from './orders-store.ts';

export function useOrders(userId: string): OrdersStore {
  const shop = useShop();
  const store = useMemo(
    () =>
      createOrdersStore({
        ...shop,
        ...pollingPorts(shop),
        userId,
        onSessionOver: shop.session.end,
      }),
    [userId, shop],
  );
  useEffect(store.start, [store]);
  return store;
}
