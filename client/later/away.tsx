/** Ratings or discussion that cannot be read: a quiet word, since buying does not need them. */
import { Button } from '../parts/button.tsx';
import type { CallProblem } from '../state/call-problem.ts';
import { PROBLEM_TEXTS, TEXTS } from '../texts.ts';
import { LATER_TEXTS } from './texts.ts';

export function Away({ problem, onRetry }: { problem: CallProblem; onRetry(): void }) {
  const { code } = problem;
  return (
    <div class="quiet-note">
      <p>{code === 'unavailable' ? LATER_TEXTS.reviewsAway : PROBLEM_TEXTS[code]}</p>
      <Button kind="plain" onPress={onRetry}>
        {TEXTS.tryAgain}
      </Button>
    </div>
  );
}
