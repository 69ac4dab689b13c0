/** How an item is rated as a whole, read when its screen opens and when its reader has changed it. */
import { useEffect, useState } from 'preact/hooks';
import type { ReviewSummary } from '../../worker/contract/reviews.ts';
import type { CallProblem } from '../api/call-problem.ts';
import { useShop } from '../shop/shop.ts';
import { createReviewsApi } from './reviews-api.ts';

interface Rated {
  /** The last that was read, kept while a later reading fails. */
  readonly summary: ReviewSummary | null;
  readonly problem: CallProblem | null;
  /** @param asSelf past what is kept for everybody, to see what one has just written */
  readSummary(asSelf: boolean): void;
}

export function useSummary(itemId: string): Rated {
  const { api } = useShop();
  const [summary, setSummary] = useState<ReviewSummary | null>(null);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  function readSummary(asSelf: boolean) {
    setProblem(null);
    void createReviewsApi(api)
      .summary(itemId, asSelf)
      .then((result) => {
        if (result.ok) setSummary(result.value);
        else setProblem(result.problem);
      });
  }
  useEffect(() => readSummary(false), [itemId]);
  return { summary, problem, readSummary };
}
