/**
 * A value asked for again and again while someone looks: one question at a time, slower after
 * errors, never while the page is hidden. Must not know what the value is.
 */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import { type CallProblem, isUnsettled, type Result } from '../api/call-problem.ts';
import { isFresh, nextPollMs, type Pace } from '../time/polling.ts';
import type { FirstAnswer } from './page-data.ts';

export interface PolledState<Value> {
  /** The last good answer, kept while later ones fail. */
  readonly value: Value | null;
  /** Why the last question failed; null after a good answer. */
  readonly problem: CallProblem | null;
  readonly isLoading: boolean;
}

export interface Polled<Value> {
  readonly state: ReadonlySignal<PolledState<Value>>;
  refresh(): void;
  /** Corrects the value by what another answer brought. */
  patch(change: (value: Value) => Value): void;
  /** @returns a function that stops asking */
  start(): () => void;
}

/** What asking needs of the world. */
export interface PollingPorts {
  /** The server's time in epoch milliseconds. */
  nowMs(): number;
  /** From 0 to 1. */
  random(): number;
  isVisible(): boolean;
  /** Calls back when the page comes back to life. @returns a function that stops it */
  onWake(wake: () => void): () => void;
}

export interface Question<Value> {
  /** The first answer, where there is one without asking. */
  readonly first: FirstAnswer<Value> | null | undefined;
  load(): Promise<Result<Value>>;
  pace(value: Value | null, nowMs: number): Pace;
  /** Given every good answer. */
  keep(answer: FirstAnswer<Value>): void;
}

export function createPolled<Value>(
  { first, load, pace, keep }: Question<Value>,
  { nowMs, random, isVisible, onWake }: PollingPorts,
): Polled<Value> {
  const state = signal<PolledState<Value>>(
    first
      ? { ...seen(null, first.result), isLoading: false }
      : { value: null, problem: null, isLoading: true },
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isAsking = false;
  let isStopped = false;

  async function ask() {
    clearTimeout(timer);
    if (isAsking || isStopped) return;
    isAsking = true;
    state.value = { ...state.peek(), isLoading: true };
    const result = await load();
    isAsking = false;
    if (isStopped) return;
    failures = result.ok ? 0 : failures + 1;
    if (result.ok) keep({ result, takenAtMs: nowMs() });
    state.value = { ...seen(state.peek().value, result), isLoading: false };
    goOn(result);
  }
  function goOn(result: Result<Value>) {
    // What was refused for good is asked again only when someone comes back to the page.
    if (!result.ok && !isUnsettled(result.problem)) return;
    const now = nowMs();
    const waitMs = nextPollMs(pace(state.peek().value, now), {
      nowMs: now,
      failures,
      random: random(),
    });
    timer = setTimeout(() => {
      if (isVisible()) void ask();
    }, waitMs);
  }
  const refresh = () => void ask();

  return {
    state,
    refresh,
    patch: (change) => {
      const before = state.peek();
      if (before.value !== null) state.value = { ...before, value: change(before.value) };
    },
    start: () => {
      isStopped = false;
      const stopWake = onWake(refresh);
      if (first && isFresh(first.takenAtMs, nowMs())) goOn(first.result);
      else refresh();
      return () => {
        isStopped = true;
        clearTimeout(timer);
        stopWake();
      };
    },
  };
}

function seen<Value>(
  before: Value | null,
  result: Result<Value>,
): Pick<PolledState<Value>, 'value' | 'problem'> {
  return result.ok
    ? { value: result.value, problem: null }
    : { value: before, problem: result.problem };
}
