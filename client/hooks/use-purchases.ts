/** The purchases of the event on the screen, for whoever is signed in. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { createPurchases, type Purchases, type PurchasesDeps } from '../purchases.ts';
import { useShop } from '../shop.ts';
import { onWake } from './wake.ts';

export function usePurchases({
  eventId,
  onRefused,
  onSettled,
  nameOf,
}: Pick<PurchasesDeps, 'eventId' | 'onRefused' | 'onSettled'> & {
  nameOf(eventItemId: string): string | undefined;
}): Purchases {
  const { api, holds, newKey, session } = useShop();
  const userId = session.current.value?.user.id;
  const latest = useRef({ onRefused, onSettled, nameOf });
  latest.current = { onRefused, onSettled, nameOf };

  const purchases = useMemo(
    () =>
      createPurchases({
        api,
        newKey,
        eventId,
        onOrders: (orders) =>
          holds.learn(
            orders.map((order) => {
              // Of the history it tells by itself what it was called when it was held.
              if ('itemName' in order) return order;
              const itemName = latest.current.nameOf(order.eventItemId);
              return itemName === undefined ? order : { ...order, itemName };
            }),
          ),
        onRefused: (id, problem) => latest.current.onRefused(id, problem),
        onSettled: () => latest.current.onSettled(),
        onSessionOver: session.end,
      }),
    [api, holds, newKey, session, eventId, userId],
  );
  useEffect(() => {
    if (userId === undefined) return undefined;
    void purchases.resume();
    return onWake(() => void purchases.resume());
  }, [purchases, userId]);
  return purchases;
}
