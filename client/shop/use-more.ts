/** The pages after the first of a list, loaded one by one on request. */
import { useRef, useState } from 'preact/hooks';
import type { CallProblem, Result } from '../api/call-problem.ts';
import { useKept } from './use-kept.ts';

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

/** @param of which list it is: another one of the same page begins with its own first page */
export function useMore<Entry extends { id: string }>(
  of: string,
  first: Page<Entry>,
  loadPage: (cursor: string) => Promise<Result<Page<Entry>>>,
): More<Entry> {
  const [later, setLater] = useKept<Page<Entry> | null>(`later ${of}`, null);
  const latest = useRef(later);
  latest.current = later;
  const [isLoading, setIsLoading] = useState(false);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  // The first page is polled and moves on; an entry may have slid into a later one.
  const firstIds = new Set(first.entries.map(({ id }) => id));
  const rest = (later?.entries ?? []).filter(({ id }) => !firstIds.has(id));
  const cursor = later === null ? first.nextCursor : later.nextCursor;

  async function load() {
    if (cursor === null || isLoading) return;
    setIsLoading(true);
    const result = await loadPage(cursor);
    setIsLoading(false);
    setProblem(result.ok ? null : result.problem);
    if (!result.ok) return;
    const { entries, nextCursor } = result.value;
    setLater({ entries: [...(latest.current?.entries ?? []), ...entries], nextCursor });
  }

  return {
    entries: [...first.entries, ...rest],
    hasMore: cursor !== null,
    isLoading,
    problem,
    load: () => void load(),
  };
}
