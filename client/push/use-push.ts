/** The one store of notifications of a page, whoever draws it. Must not draw. */
import { useEffect } from 'preact/hooks';
import { useMember } from '../account/use-member.ts';
import { type Shop, useShop } from '../shop/shop.ts';
import { LANGUAGE } from '../texts/texts.ts';
import { createPushApi } from './push-api.ts';
import { PUSH_DEVICE } from './push-device.ts';
import { createPushStore, type PushStore } from './push-store.ts';

/** One of a shop: of whoever is signed in now. */
const stores = new WeakMap<Shop, { userId: string; store: PushStore }>();

/** Null while signed out. @param place where signing in again leads back to */
export function usePush(place: string): PushStore | null {
  const shop = useShop();
  const { userId, act } = useMember(place);
  const store = userId === null ? null : storeOf(shop, userId, act);
  useEffect(() => void store?.load(), [store]);
  return store;
}

function storeOf(shop: Shop, userId: string, act: ReturnType<typeof useMember>['act']): PushStore {
  const known = stores.get(shop);
  if (known?.userId === userId) return known.store;
  const ports = { api: createPushApi(shop.api), device: PUSH_DEVICE, language: LANGUAGE, act };
  const store = createPushStore(ports);
  stores.set(shop, { userId, store });
  return store;
}
