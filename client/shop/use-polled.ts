/** A polled value as a hook. Must not know what the value is. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { Result } from '../api/call-problem.ts';
import type { FirstAnswer } from '../page/page-data.ts';
import { createPolled, type Polled, type PolledState, type PollingPorts } from '../page/polled.ts';
import type { Pace } from '../time/polling.ts';
import { onWake } from '../time/wake.ts';
import { type Shop, useShop } from './shop.ts';

export interface Polling<Value> {
  /** What kind of answer it is, since several of one page may be about the same id. */
  readonly of: string;
  /** What is polled: another one starts from nothing. */
  readonly key: string;
  /** The first answer, where it came with the page. */
  readonly first?: FirstAnswer<Value> | null;
  load(): Promise<Result<Value>>;
  pace(value: Value | null, nowMs: number): Pace;
}

export function usePolled<Value>(
  polling: Polling<Value>,
): PolledState<Value> & Pick<Polled<Value>, 'refresh' | 'patch'> {
  const shop = useShop();
  const { memory } = shop;
  const { of, key, first } = polling;
  const latest = useRef(polling);
  latest.current = polling;
  const isAnother = useRef(false);
  const keptAs = `${of} ${key}`;
  const polled = useMemo(
    () =>
      createPolled(
        {
          first: isAnother.current
            ? null
            : (first ?? (memory.read(keptAs) as FirstAnswer<Value> | undefined)),
          load: () => latest.current.load(),
          pace: (value, nowMs) => latest.current.pace(value, nowMs),
          keep: (answer) => memory.write(keptAs, answer),
        },
        pollingPorts(shop),
      ),
    [keptAs],
  );
  useEffect(() => {
    isAnother.current = true;
    return polled.start();
  }, [polled]);
  return { ...polled.state.value, refresh: polled.refresh, patch: polled.patch };
}

export function pollingPorts({ clock, random }: Shop): PollingPorts {
  return {
    nowMs: clock.nowMs,
    random,
    isVisible: () => document.visibilityState === 'visible',
    onWake,
  };
}
