/** A search that acts by itself while it is typed. Must not know what is searched. */
import { useEffect, useRef, useState } from 'preact/hooks';

/** Nobody types on for so long: each search costs the database something. */
export const SEARCH_AFTER_MS = 600;

export interface LiveSearch {
  readonly typed: string;
  /** What is listed is not yet what is typed. */
  readonly isPending: boolean;
  type(text: string): void;
  /** Does not wait. */
  apply(): void;
}

/**
 * @param applied what is listed now; where it changes otherwise than by typing, it is what is typed
 * @param onApply told trimmed
 */
export function useLiveSearch(applied: string, onApply: (text: string) => void): LiveSearch {
  const [typed, type] = useState(applied);
  const last = useRef(applied);
  const latest = useRef(onApply);
  latest.current = onApply;
  const text = typed.trim();
  const isPending = text !== applied;

  function apply() {
    if (!isPending) return;
    last.current = text;
    latest.current(text);
  }
  useEffect(() => {
    // What was just applied may have been typed on since.
    if (last.current === applied) return;
    last.current = applied;
    type(applied);
  }, [applied]);
  useEffect(() => {
    if (!isPending) return undefined;
    const timer = setTimeout(apply, SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed, applied]);
  return { typed, isPending, type, apply };
}
