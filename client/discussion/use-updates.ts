/** Tells when a discussion is to be asked for anew: after it changed, after a drop, else now and then. */
import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { Live } from '../sale/live.ts';
import { useShop } from '../shop/shop.ts';
import { newsWaitMs, untoldWaitMs } from './update-waits.ts';

/**
 * @param isNear whether anybody looks; nothing is asked for else
 * @returns a number that grows with each time
 */
export function useNews({ isOn, discussedAtMs, drops }: Live, isNear: boolean): number {
  const { random } = useShop();
  const [version, grow] = useReducer((count: number) => count + 1, 0);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const isToldAgain = useRef(false);
  const told = `${discussedAtMs} ${drops} ${drops > 0 && isOn}`;
  const heard = useRef(told);

  function plan() {
    timer.current = setTimeout(() => {
      timer.current = null;
      grow(null);
      // A change in the meantime may be younger than what is given now.
      if (isToldAgain.current) plan();
      isToldAgain.current = false;
    }, newsWaitMs(random()));
  }
  useEffect(() => {
    if (!isNear || heard.current === told) return;
    heard.current = told;
    if (timer.current === null) plan();
    else isToldAgain.current = true;
  }, [told, isNear]);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  useEffect(() => {
    if (isOn || !isNear) return undefined;
    const polling = setInterval(() => {
      if (document.visibilityState === 'visible') grow(null);
    }, untoldWaitMs(random()));
    return () => clearInterval(polling);
  }, [isOn, isNear]);
  return version;
}
