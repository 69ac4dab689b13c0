/** What a text finds, as it was asked last: an older answer that comes later is dropped. Must not draw. */
import { useEffect, useState } from 'preact/hooks';
import type { AdminSearch } from '../../../worker/contract/admin-search.ts';
import type { CallProblem, Result } from '../../api/call-problem.ts';
import { useAdmin } from '../api/admin-context.ts';
import { isSearchable } from './searchable.ts';

export interface Found {
  /** Null while it is asked for, and where there is nothing to ask. */
  readonly found: AdminSearch | null;
  readonly problem: CallProblem | null;
  retry(): void;
}

export function useFound(q: string): Found {
  const admin = useAdmin();
  const [tries, setTries] = useState(0);
  const [answer, setAnswer] = useState<{ asked: string; result: Result<AdminSearch> } | null>(null);
  const asked = `${tries} ${q}`;
  useEffect(() => {
    if (!isSearchable(q)) return undefined;
    let isWanted = true;
    void admin.search(q).then((result) => {
      if (isWanted) setAnswer({ asked, result });
    });
    return () => {
      isWanted = false;
    };
  }, [asked]);
  const result = answer?.asked === asked ? answer.result : null;
  return {
    found: result?.ok ? result.value : null,
    problem: result === null || result.ok ? null : result.problem,
    retry: () => setTries(tries + 1),
  };
}
