/**
 * A value asked for again and again while someone looks: one question at a time, slower after
 * errors, never while the page is hidden. Must not know what the value is.
 */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type CallProblem, isUnsettled, type Result } from '../api/call-problem.ts';
import type { First } from '../page/page-data.ts';
import { isFresh, nextPollMs, type Pace } from '../time/polling.ts';
import { onWake } from '../time/wake.ts';
import { useShop } from './shop.ts';

export interface Polling<Value> {
  /** What kind of answer it is, since several of one page may be about the same id. */
  readonly of: string;
  /** What is polled: another one starts from nothing. */
  readonly key: string;
  /** The first answer, where it came with the page. */
  readonly first?: First<Value> | null;
  load(): Promise<Result<Value>>;
  pace(value: Value | null, nowMs: number): Pace;
}

export interface Polled<Value> {
  /** The last good answer, kept while later ones fail. */
  readonly value: Value | null;
  /** Why the last question failed; null after a good answer. */
  readonly problem: CallProblem | null;
  readonly isLoading: boolean;
  refresh(): void;
  /** Corrects the value by what another answer told. */
  patch(change: (value: Value) => Value): void;
}

interface Seen<Value> {
  readonly key: string;
  readonly value: Value | null;
  readonly problem: CallProblem | null;
  readonly isLoading: boolean;
}

export function usePolled<Value>(polling: Polling<Value>): Polled<Value> {
  const { clock, memory, random } = useShop();
  const keptAs = `${polling.of} ${polling.key}`;
  const first = useMemo(
    () => polling.first ?? (memory.read(keptAs) as First<Value> | undefined),
    [keptAs],
  );
  const latest = useRef(polling);
  latest.current = { ...polling, ...(first && { first }) };
  const refresh = useRef(() => {});
  const nothing: Seen<Value> = { key: polling.key, value: null, problem: null, isLoading: true };
  const [seen, setSeen] = useState(() => seenFirst(latest.current) ?? nothing);
  const value = useRef(seen.value);

  useEffect(() => {
    const poll = startPolling({
      ask: async () => {
        setSeen((before) => ({ ...before, isLoading: true }));
        const result = await latest.current.load();
        return result;
      },
      see: (result) => {
        if (result.ok) {
          value.current = result.value;
          memory.write(keptAs, { result, takenAtMs: clock.nowMs() } satisfies First<Value>);
        }
        const problem = result.ok ? null : result.problem;
        setSeen({ key: polling.key, value: value.current, problem, isLoading: false });
      },
      waitMs: (failures) => {
        const nowMs = clock.nowMs();
        const pace = latest.current.pace(value.current, nowMs);
        return nextPollMs(pace, { nowMs, failures, random: random() });
      },
    });
    refresh.current = poll.now;
    if (first && seen.key === polling.key) {
      if (isFresh(first.takenAtMs, clock.nowMs())) poll.goOn(first.result);
      else poll.now();
      return poll.stop;
    }
    value.current = null;
    setSeen(nothing);
    poll.now();
    return poll.stop;
  }, [polling.key]);

  return {
    ...(seen.key === polling.key ? seen : nothing),
    refresh: () => refresh.current(),
    patch: (change) => {
      if (value.current === null) return;
      const changed = change(value.current);
      value.current = changed;
      setSeen((before) => ({ ...before, value: changed }));
    },
  };
}

function seenFirst<Value>({ key, first }: Polling<Value>): Seen<Value> | null {
  if (!first) return null;
  const { result } = first;
  return result.ok
    ? { key, value: result.value, problem: null, isLoading: false }
    : { key, value: null, problem: result.problem, isLoading: false };
}

interface Questions<Value> {
  ask(): Promise<Result<Value>>;
  see(result: Result<Value>): void;
  waitMs(failures: number): number;
}

function startPolling<Value>({ ask, see, waitMs }: Questions<Value>) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isAsking = false;
  let isStopped = false;

  async function now() {
    clearTimeout(timer);
    if (isAsking || isStopped) return;
    isAsking = true;
    const result = await ask();
    isAsking = false;
    if (isStopped) return;
    failures = result.ok ? 0 : failures + 1;
    see(result);
    goOn(result);
  }
  function goOn(result: Result<Value>) {
    // What was refused for good is asked again only when someone comes back to the page.
    if (result.ok || isUnsettled(result.problem)) timer = setTimeout(later, waitMs(failures));
  }
  function later() {
    if (document.visibilityState === 'visible') void now();
  }

  const stopWake = onWake(() => void now());
  return {
    now: () => void now(),
    /** After an answer that somebody else asked for. */
    goOn,
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      stopWake();
    },
  };
}
