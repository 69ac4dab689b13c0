/** The purchases of the event on the screen, for whoever is signed in. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { createPurchases, type Purchases, type PurchasesDeps } from '../purchases.ts';
import { useShop } from '../shop.ts';
import { onWake } from './wake.ts';

export function usePurchases({
  eventId,
  onRefused,
  onSettled,
}: Pick<PurchasesDeps, 'eventId' | 'onRefused' | 'onSettled'>): Purchases {
  const { api, holds, newKey, session } = useShop();
  const userId = session.current.value?.user.id;
  const latest = useRef({ onRefused, onSettled });
  latest.current = { onRefused, onSettled };

  const purchases = useMemo(
    () =>
      createPurchases({
        api,
        newKey,
        eventId,
        onOrders: holds.learn,
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
