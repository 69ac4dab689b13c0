/** Reports what somebody else wrote, with a reason. Must not know what it is. */
import { useId, useState } from 'preact/hooks';
import type { ReportReason } from '../../worker/contract/reviews.ts';
import type { CallProblem, Result } from '../api/call-problem.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';

const REASONS = ['spam', 'abuse', 'off_topic', 'personal_data', 'other'] as const;

export interface ReportControlProps {
  readonly isOpen: boolean;
  onClose(): void;
  send(reason: ReportReason): Promise<Result<null>>;
}

/** The form; the button that opens it stands with the other actions. */
export function ReportControl({ isOpen, onClose, send }: ReportControlProps) {
  const id = useId();
  const [reason, setReason] = useState<ReportReason>('spam');
  const [isSending, setIsSending] = useState(false);
  const [isSent, setIsSent] = useState(false);
  const [problem, setProblem] = useState<CallProblem | null>(null);
  if (isSent) return <output class="quiet-note">{LAZY_TEXTS.reported}</output>;
  if (!isOpen) return null;

  async function submit() {
    setIsSending(true);
    const result = await send(reason);
    setIsSending(false);
    setProblem(result.ok ? null : result.problem);
    if (result.ok) setIsSent(true);
  }
  return (
    <div class="report">
      <div class="field">
        <label for={id}>{LAZY_TEXTS.reportWhy}</label>
        <select
          id={id}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value as ReportReason)}
        >
          {REASONS.map((one) => (
            <option key={one} value={one}>
              {LAZY_TEXTS.reportReasons[one]}
            </option>
          ))}
        </select>
      </div>
      {problem && <ProblemNotice problem={problem} />}
      <div class="actions">
        <Button isInert={isSending} onPress={() => void submit()}>
          {LAZY_TEXTS.sendReport}
        </Button>
        <Button kind="quiet" onPress={onClose}>
          {LAZY_TEXTS.cancel}
        </Button>
      </div>
    </div>
  );
}
