/** Why something did not work, with what is known beyond the code. Must not retry by itself. */
import type { ComponentChildren } from 'preact';
import type { CallProblem } from '../api/call-problem.ts';
import { PROBLEM_TEXTS, TEXTS } from '../texts/texts.ts';

export interface ProblemNoticeProps {
  readonly problem: CallProblem;
  readonly children?: ComponentChildren;
}

export function ProblemNotice({ problem, children }: ProblemNoticeProps) {
  const { code, requestId } = problem;
  const isFault = code === 'internal' || code === 'unavailable';
  return (
    <div class="notice" role="alert">
      <p class="notice-title">{PROBLEM_TEXTS[code]}</p>
      {isFault && requestId && <p class="notice-reference">{TEXTS.requestId(requestId)}</p>}
      {children}
    </div>
  );
}
