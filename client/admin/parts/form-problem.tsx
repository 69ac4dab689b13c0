/** Why a form could not be saved. Must not know what it is a form of. */
import { ProblemNotice } from '../../parts/problem-notice.tsx';
import type { CallProblem } from '../../state/call-problem.ts';
import { ADMIN_TEXTS } from '../texts.ts';

export function FormProblem({ problem }: { problem: CallProblem }) {
  return (
    <ProblemNotice problem={problem}>
      {problem.code === 'idempotency_key_reused' && <p>{ADMIN_TEXTS.changed.createdBefore}</p>}
    </ProblemNotice>
  );
}
