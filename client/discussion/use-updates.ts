/** Tells when a discussion is to be asked for anew: after it changed, after a drop, else now and then. */
import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { Live } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { pollWaitMs, updateWaitMs } from './update-waits.ts';

/**
 * @param isInViewport whether anybody looks; nothing is asked for else
 * @returns a number that grows with each time
 */
export function useUpdates({ isOn, discussedAtMs, drops }: Live, isInViewport: boolean): number {
  const { random } = useShop();
  const [version, grow] = useReducer((count: number) => count + 1, 0);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const hasChangedAgain = useRef(false);
  const change = `${discussedAtMs} ${drops} ${drops > 0 && isOn}`;
  const seenChange = useRef(change);

  function plan() {
    timer.current = setTimeout(() => {
      timer.current = null;
      grow(null);
      // A change in the meantime may be younger than what is given now.
      if (hasChangedAgain.current) plan();
      hasChangedAgain.current = false;
    }, updateWaitMs(random()));
  }
  useEffect(() => {
    if (!isInViewport || seenChange.current === change) return;
    seenChange.current = change;
    if (timer.current === null) plan();
    else hasChangedAgain.current = true;
  }, [change, isInViewport]);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  useEffect(() => {
    if (isOn || !isInViewport) return undefined;
    const polling = setInterval(() => {
      if (document.visibilityState === 'visible') grow(null);
    }, pollWaitMs(random()));
    return () => clearInterval(polling);
  }, [isOn, isInViewport]);
  return version;
}
