/** A feed as a hook: read when it is first needed, and again when it changed. Must not draw. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { CallProblem } from '../api/call-problem.ts';
import { countNew } from './feed.ts';
import { createFeed, type FeedPorts } from './feed-store.ts';

export interface Feed<Entry> {
  /** Null before the first answer. */
  readonly entries: readonly Entry[] | null;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly problem: CallProblem | null;
  /** New entries that came while somebody was busy with the list, and are not shown yet. */
  readonly waiting: number;
  showWaiting(): void;
  load(): void;
  retry(): void;
  put(entry: Entry): void;
  drop(id: string): void;
}

export interface Feeding<Entry> extends Omit<FeedPorts<Entry>, 'isBusy'> {
  /** What is read: another one starts from nothing. Null reads nothing yet. */
  readonly key: string | null;
  /** Grows when the first page is to be read anew. */
  readonly version?: number;
  isBusy?: FeedPorts<Entry>['isBusy'];
}

export function useFeed<Entry extends { id: string }>(feeding: Feeding<Entry>): Feed<Entry> {
  const { key, newest, version = 0 } = feeding;
  const latest = useRef(feeding);
  latest.current = feeding;
  const feed = useMemo(
    () =>
      createFeed<Entry>({
        newest,
        isBusy: () => latest.current.isBusy?.() === true,
        read: (cursor, isFirst) => latest.current.read(cursor, isFirst),
      }),
    [key],
  );
  useEffect(() => {
    if (key !== null) void feed.readFirst(true);
  }, [feed]);
  const seen = useRef(version);
  useEffect(() => {
    if (version !== seen.current && key !== null) void feed.readFirst(false);
    seen.current = version;
  }, [version]);

  const { page, held, isLoading, problem } = feed.state.value;
  return {
    entries: page?.entries ?? null,
    hasMore: page !== null && page.nextCursor !== null,
    isLoading,
    problem,
    waiting: held === null ? 0 : countNew(page, held),
    showWaiting: feed.showHeld,
    load: () => void feed.readNext(),
    retry: () => void feed.readFirst(true),
    put: feed.put,
    drop: feed.drop,
  };
}
