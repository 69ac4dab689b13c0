/** The server's time as hooks: a component renders again when its digits or its moment are due. */
import { useEffect, useReducer } from 'preact/hooks';
import { untilNextTickMs } from '../format/times.ts';
import { onWake } from '../time/wake.ts';
import { useShop } from './shop.ts';

/** Long timers drift and stand still in a sleep: they are cut into hops. */
const HOP_MS_MAX = 20_000;

/** Milliseconds left until the moment, never negative; renders at each whole second of them. */
export function useRemainingMs(momentMs: number): number {
  const { clock } = useShop();
  useTimer(momentMs, untilNextTickMs);
  return Math.max(0, momentMs - clock.nowMs());
}

/** The server's time now; renders again when the moment is reached. */
export function useNowUntil(momentMs: number | null): number {
  const { clock } = useShop();
  useTimer(momentMs, (remainingMs) => Math.min(remainingMs, HOP_MS_MAX));
  return clock.nowMs();
}

function useTimer(momentMs: number | null, waitMs: (remainingMs: number) => number) {
  const { clock } = useShop();
  const [, render] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (momentMs === null) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const arm = () => {
      clearTimeout(timer);
      const remainingMs = momentMs - clock.nowMs();
      if (remainingMs > 0) timer = setTimeout(fire, Math.max(1, waitMs(remainingMs)));
    };
    const fire = () => {
      render(null);
      arm();
    };
    const stopClock = clock.current.subscribe(fire);
    const stopWake = onWake(fire);
    return () => {
      clearTimeout(timer);
      stopClock();
      stopWake();
    };
  }, [momentMs, clock]);
}
