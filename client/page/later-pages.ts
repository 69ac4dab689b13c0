/** The pages after the first of a list, loaded one by one on request. Must not draw. */
import { signal } from '@preact/signals-core';
import type { CallProblem, Result } from '../api/call-problem.ts';

export interface Page<Entry> {
  readonly entries: readonly Entry[];
  readonly nextCursor: string | null;
}

export interface More<Entry> {
  /** The first page and what was loaded after it, each entry once. */
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly problem: CallProblem | null;
  load(): void;
}

export interface LaterPagesPorts<Entry> {
  /** What was loaded before, where the shopper comes back to it. */
  readonly kept: Page<Entry> | undefined;
  keep(later: Page<Entry>): void;
  loadPage(cursor: string): Promise<Result<Page<Entry>>>;
}

/** @returns the list for the first page as it now is; who reads it in a signal is told of changes */
export function createLaterPages<Entry extends { id: string }>({
  kept,
  keep,
  loadPage,
}: LaterPagesPorts<Entry>): (first: Page<Entry>) => More<Entry> {
  let later = kept;
  const state = signal({ isLoading: false, problem: null as CallProblem | null });

  async function load(cursor: string | null) {
    const { isLoading, problem } = state.peek();
    if (cursor === null || isLoading) return;
    state.value = { isLoading: true, problem };
    const result = await loadPage(cursor);
    if (result.ok) {
      const { entries, nextCursor } = result.value;
      later = { entries: [...(later?.entries ?? []), ...entries], nextCursor };
      keep(later);
    }
    state.value = { isLoading: false, problem: result.ok ? null : result.problem };
  }

  return (first) => {
    const { isLoading, problem } = state.value;
    // The first page is polled and moves on; an entry may have slid into a later one.
    const firstIds = new Set(first.entries.map(({ id }) => id));
    const rest = (later?.entries ?? []).filter(({ id }) => !firstIds.has(id));
    const cursor = (later ?? first).nextCursor;
    return {
      entries: [...first.entries, ...rest],
      hasMore: cursor !== null,
      isLoading,
      problem,
      load: () => void load(cursor),
    };
  };
}
