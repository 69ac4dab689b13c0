/** The purchases of the event on the screen, for whoever is signed in. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { HeldOrder } from '../holds/holds.ts';
import { useShop } from '../shop/shop.ts';
import { onWake } from '../time/wake.ts';
import { createPurchases, type Purchases, type PurchasesDeps } from './purchases.ts';

/** Longer than a history takes to come; what is bought before it is refused by the server, if at all. */
const OWN_ORDERS_WAIT_MS_MAX = 3_000;

export function usePurchases({
  eventId,
  onRefused,
  onSettled,
  nameOf,
}: Pick<PurchasesDeps, 'eventId' | 'onRefused' | 'onSettled'> & {
  nameOf(eventItemId: string): string | undefined;
}): Purchases {
  const { api, holds, newKey, orderNews, session } = useShop();
  const userId = session.current.value?.user.id;
  const latest = useRef({ onRefused, onSettled, nameOf });
  latest.current = { onRefused, onSettled, nameOf };

  const named = (order: HeldOrder) => {
    // The history tells by itself what it was called when it was held.
    if ('itemName' in order) return order;
    const itemName = latest.current.nameOf(order.eventItemId);
    return itemName === undefined ? order : { ...order, itemName };
  };

  const purchases = useMemo(
    () =>
      createPurchases({
        api,
        newKey,
        eventId,
        isSignedIn: userId !== undefined,
        onOrders: (orders) => holds.learn(orders.map(named)),
        onAnswered: (order) => {
          if (userId !== undefined) orderNews.tell(userId, [named(order)]);
        },
        onRefused: (id, problem) => latest.current.onRefused(id, problem),
        onSettled: () => latest.current.onSettled(),
        onSessionOver: session.end,
      }),
    [api, holds, newKey, orderNews, session, eventId, userId],
  );
  useEffect(() => {
    if (userId === undefined) return undefined;
    void purchases.resume();
    const late = setTimeout(purchases.stopWaiting, OWN_ORDERS_WAIT_MS_MAX);
    const stopWake = onWake(() => void purchases.resume());
    const stopNews = orderNews.listen(userId, purchases.learn);
    return () => {
      clearTimeout(late);
      stopWake();
      stopNews();
    };
  }, [purchases, orderNews, userId]);
  return purchases;
}
