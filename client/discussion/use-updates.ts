/** The store that tells when a discussion is to be asked for anew, with the real world as its ports. */
import { useEffect, useMemo } from 'preact/hooks';
import type { Live } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { pollingPorts } from '../shop/use-polled.ts';
import { createUpdates } from './updates-store.ts';

/** @returns a number that grows each time that the discussion is to be asked for */
export function useUpdates(live: Live, isInViewport: boolean): number {
  const shop = useShop();
  const updates = useMemo(() => createUpdates(pollingPorts(shop)), [shop]);
  const { isOn, discussedAtMs, drops } = live;
  useEffect(() => updates.see(live, isInViewport), [isOn, discussedAtMs, drops, isInViewport]);
  useEffect(() => updates.stop, [updates]);
  return updates.version.value;
}
