/** A list that others write to: read when it is first needed, and again when it changed. Must not draw. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CallProblem, Result } from '../api/call-problem.ts';
import { countNew, drop, type Page, put, takeFirst, takeNext } from './feed.ts';

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

export interface Feeding<Entry> {
  /** What is read: another one starts from nothing. Null reads nothing yet. */
  readonly key: string | null;
  /** Where entries that are put appear. */
  readonly newest: 'first' | 'last';
  /** Grows when the first page is to be read anew. */
  readonly version?: number;
  /** Whether what is on the screen must not move just now. */
  isBusy?(): boolean;
  /** @param isFirst whether it is this reader's own first look, and not one that all readers take at once */
  read(cursor: string | undefined, isFirst: boolean): Promise<Result<Page<Entry>>>;
}

export function useFeed<Entry extends { id: string }>(feeding: Feeding<Entry>): Feed<Entry> {
  const { key, newest, version = 0 } = feeding;
  const [page, setPage] = useState<Page<Entry> | null>(null);
  const [kept, setKept] = useState<Page<Entry> | null>(null);
  const [isLoading, setIsLoading] = useState(false);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  const latest = useRef({ feeding, page });
  latest.current = { feeding, page };

  async function readFirst(isFirst: boolean) {
    const { key: asked, read } = latest.current.feeding;
    setIsLoading(true);
    const result = await read(undefined, isFirst);
    if (latest.current.feeding.key !== asked) return;
    setIsLoading(false);
    setProblem(result.ok ? null : result.problem);
    if (!result.ok) return;
    const { page: known, feeding: now } = latest.current;
    const isHeld = countNew(known, result.value) > 0 && now.isBusy?.() === true;
    setKept(isHeld ? result.value : null);
    if (!isHeld) setPage(takeFirst(known, result.value));
  }
  async function readNext() {
    if (isLoading || !page?.nextCursor) return;
    setIsLoading(true);
    const result = await feeding.read(page.nextCursor, true);
    setIsLoading(false);
    setProblem(result.ok ? null : result.problem);
    if (result.ok) setPage((known) => known && takeNext(known, result.value));
  }

  useEffect(() => {
    setPage(null);
    setKept(null);
    setProblem(null);
    if (key !== null) void readFirst(true);
  }, [key]);
  const seen = useRef(version);
  useEffect(() => {
    if (version !== seen.current && key !== null) void readFirst(false);
    seen.current = version;
  }, [version]);

  return {
    entries: page?.entries ?? null,
    hasMore: page !== null && page.nextCursor !== null,
    isLoading,
    problem,
    waiting: kept === null ? 0 : countNew(page, kept),
    showWaiting: () => {
      if (kept) setPage((known) => takeFirst(known, kept));
      setKept(null);
    },
    load: () => void readNext(),
    retry: () => void readFirst(true),
    put: (entry) => setPage((known) => put(known ?? NOTHING, entry, newest)),
    drop: (id) => setPage((known) => known && drop(known, id)),
  };
}

const NOTHING = { entries: [], nextCursor: null };
