/** The form of a dialog that asks for a reason before it does what cannot be undone. Must not do it itself. */
import { useState } from 'preact/hooks';
import type { Result } from '../../api/call-problem.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAction } from '../api/use-action.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { DRAFT_FAULTS } from './draft-faults.ts';
import { Labelled } from './labelled.tsx';

export interface ReasonFormProps<Answer> {
  readonly label: string;
  readonly hint: string;
  readonly charsMax: number;
  /** On the button that does it, and on the one that does not. */
  readonly action: string;
  readonly keep: string;
  readonly isInert?: boolean;
  /** @param reason trimmed, never empty */
  send(reason: string): Promise<Result<Answer>>;
  onDone(answer: Answer): void;
  onKeep(): void;
}

export function ReasonForm<Answer>(props: ReasonFormProps<Answer>) {
  const { label, hint, charsMax, action, keep, isInert = false, send, onDone, onKeep } = props;
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { isSending, problem, run } = useAction();

  function submit() {
    const given = reason.trim();
    setIsMissing(given === '');
    if (given !== '' && !isInert) run(() => send(given), onDone);
  }
  const missing = isMissing ? [{ path: 'reason', message: DRAFT_FAULTS.required }] : [];
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Labelled label={label} hint={hint} errors={problem?.fields ?? missing} path="reason">
        {(control) => (
          <textarea
            {...control}
            aria-required
            rows={3}
            dir="auto"
            maxLength={charsMax}
            value={reason}
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
        )}
      </Labelled>
      {problem && <ProblemNotice problem={problem} />}
      <div class="dialog-actions">
        <Button kind="quiet" onPress={onKeep}>
          {keep}
        </Button>
        <Button type="submit" isInert={isSending || isInert}>
          {isSending ? ADMIN_TEXTS.saving : action}
        </Button>
      </div>
    </form>
  );
}
