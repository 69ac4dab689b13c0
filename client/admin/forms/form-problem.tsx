/** Why a form could not be saved. Must not know what it is a form of. */

import type { CallProblem } from '../../api/call-problem.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export function FormProblem({ problem }: { problem: CallProblem }) {
  return (
    <ProblemNotice problem={problem}>
      {problem.code === 'idempotency_key_reused' && <p>{ADMIN_TEXTS.changed.createdBefore}</p>}
      {problem.code === 'has_entries' && <p>{ADMIN_TEXTS.queue.plan.mayChange}</p>}
    </ProblemNotice>
  );
}
