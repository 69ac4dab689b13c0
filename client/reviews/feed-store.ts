/** A list that others write to, as its readings and one's own changes leave it. Must not draw. */
import { type ReadonlySignal, signal } from '@preact/signals-core';
import type { CallProblem, Result } from '../api/call-problem.ts';
import { countNew, drop, type Page, put, takeFirst, takeNext } from './feed.ts';

export interface FeedState<Entry> {
  /** Null before the first answer. */
  readonly page: Page<Entry> | null;
  /** A newer first page that is not shown yet, since somebody was busy with the list. */
  readonly held: Page<Entry> | null;
  readonly isLoading: boolean;
  readonly problem: CallProblem | null;
}

export interface FeedPorts<Entry> {
  /** Where entries that are put appear. */
  readonly newest: 'first' | 'last';
  /** Whether what is on the screen must not move just now. */
  isBusy(): boolean;
  /** @param isFirst whether it is this reader's own look, and not one that all readers take at once */
  read(cursor: string | undefined, isFirst: boolean): Promise<Result<Page<Entry>>>;
}

export interface FeedStore<Entry> {
  readonly state: ReadonlySignal<FeedState<Entry>>;
  /** Reads the first page, once more if there is one. */
  readFirst(isFirst: boolean): Promise<void>;
  readNext(): Promise<void>;
  showHeld(): void;
  put(entry: Entry): void;
  drop(id: string): void;
}

const NOTHING = { entries: [], nextCursor: null };

export function createFeed<Entry extends { id: string }>({
  newest,
  isBusy,
  read,
}: FeedPorts<Entry>): FeedStore<Entry> {
  const state = signal<FeedState<Entry>>({
    page: null,
    held: null,
    isLoading: false,
    problem: null,
  });
  const change = (fields: Partial<FeedState<Entry>>) => {
    state.value = { ...state.peek(), ...fields };
  };

  return {
    state,
    readFirst: async (isFirst) => {
      change({ isLoading: true });
      const result = await read(undefined, isFirst);
      if (!result.ok) return change({ isLoading: false, problem: result.problem });
      const { page } = state.peek();
      const isHeld = countNew(page, result.value) > 0 && isBusy();
      change({
        isLoading: false,
        problem: null,
        ...(isHeld ? { held: result.value } : { held: null, page: takeFirst(page, result.value) }),
      });
    },
    readNext: async () => {
      const { page, isLoading } = state.peek();
      if (isLoading || !page?.nextCursor) return;
      change({ isLoading: true });
      const result = await read(page.nextCursor, true);
      if (!result.ok) return change({ isLoading: false, problem: result.problem });
      const { page: known } = state.peek();
      change({ isLoading: false, problem: null, page: known && takeNext(known, result.value) });
    },
    showHeld: () => {
      const { page, held } = state.peek();
      if (held) change({ page: takeFirst(page, held), held: null });
    },
    put: (entry) => change({ page: put(state.peek().page ?? NOTHING, entry, newest) }),
    drop: (id) => {
      const { page } = state.peek();
      change({ page: page && drop(page, id) });
    },
  };
}
