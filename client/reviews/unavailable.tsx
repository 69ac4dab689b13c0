/** Ratings or discussion that cannot be read: a quiet word, since buying does not need them. */

import type { CallProblem } from '../api/call-problem.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PROBLEM_TEXTS, TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';

export function Unavailable({ problem, onRetry }: { problem: CallProblem; onRetry(): void }) {
  const { code } = problem;
  return (
    <div class="quiet-note">
      <p>{code === 'unavailable' ? LAZY_TEXTS.reviewsAway : PROBLEM_TEXTS[code]}</p>
      <Button kind="plain" onPress={onRetry}>
        {TEXTS.tryAgain}
      </Button>
    </div>
  );
}
