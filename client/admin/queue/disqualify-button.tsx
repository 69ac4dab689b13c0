/** Disqualifies an entry, once its reason was given. What it does is said before, since it stays so. */
import { useId, useRef, useState } from 'preact/hooks';
import type { AdminQueueEntry } from '../../../worker/contract/queue-administration.ts';
import { isolated } from '../../format/direction.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { DRAFT_FAULTS } from '../forms/draft-faults.ts';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

const REASON_CHARS_MAX = 200;

export interface DisqualifyButtonProps {
  readonly entry: AdminQueueEntry;
  onDone(entry: AdminQueueEntry): void;
}

export function DisqualifyButton({ entry, onDone }: DisqualifyButtonProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [closings, setClosings] = useState(0);
  const { disqualify } = ADMIN_TEXTS.queue;
  const name = isolated(entry.customerEmail);
  return (
    <>
      <Button
        kind="quiet"
        label={ADMIN_TEXTS.actionFor(disqualify.action, name)}
        onPress={() => dialog.current?.showModal()}
      >
        {disqualify.action}
      </Button>
      <dialog
        class="dialog"
        ref={dialog}
        aria-labelledby={`${id}-ask`}
        aria-describedby={`${id}-body`}
        // The next time it begins with nothing.
        onClose={() => setClosings(closings + 1)}
      >
        <h2 id={`${id}-ask`}>{disqualify.ask(name)}</h2>
        <p id={`${id}-body`}>{disqualify.body}</p>
        <ReasonForm
          key={closings}
          entry={entry}
          onCancel={() => dialog.current?.close()}
          onDone={(changed) => {
            dialog.current?.close();
            onDone(changed);
          }}
        />
      </dialog>
    </>
  );
}

function ReasonForm({ entry, onCancel, onDone }: DisqualifyButtonProps & { onCancel(): void }) {
  const admin = useAdmin();
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { isSending, problem, run } = useAction();
  const { disqualify } = ADMIN_TEXTS.queue;

  function submit() {
    const given = reason.trim();
    setIsMissing(given === '');
    if (given === '') return;
    run(
      () => admin.disqualify(entry.id, given),
      (answer) => onDone(answer.entry),
    );
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
      <Labelled
        label={disqualify.reason}
        hint={disqualify.reasonHint}
        errors={problem?.fields ?? missing}
        path="reason"
      >
        {(control) => (
          <textarea
            {...control}
            rows={3}
            dir="auto"
            maxLength={REASON_CHARS_MAX}
            value={reason}
            onInput={({ currentTarget }) => setReason(currentTarget.value)}
          />
        )}
      </Labelled>
      {problem && <ProblemNotice problem={problem} />}
      <div class="dialog-actions">
        <Button kind="quiet" onPress={onCancel}>
          {ADMIN_TEXTS.no}
        </Button>
        <Button type="submit" isInert={isSending}>
          {isSending ? ADMIN_TEXTS.saving : disqualify.action}
        </Button>
      </div>
    </form>
  );
}
