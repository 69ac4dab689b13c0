/** Disqualifies an entry, once its reason was given. What it does is said before, since it stays so. */
import { useId, useRef, useState } from 'preact/hooks';
import type { AdminQueueEntry } from '../../../worker/contract/queue-administration.ts';
import { isolated } from '../../format/direction.ts';
import { Button } from '../../ui/button.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { ReasonForm } from '../forms/reason-form.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

const REASON_CHARS_MAX = 200;

export interface DisqualifyButtonProps {
  readonly entry: AdminQueueEntry;
  onDone(entry: AdminQueueEntry): void;
}

export function DisqualifyButton({ entry, onDone }: DisqualifyButtonProps) {
  const id = useId();
  const admin = useAdmin();
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
          label={disqualify.reason}
          hint={disqualify.reasonHint}
          charsMax={REASON_CHARS_MAX}
          action={disqualify.action}
          keep={ADMIN_TEXTS.no}
          send={(reason) => admin.disqualify(entry.id, reason)}
          onKeep={() => dialog.current?.close()}
          onDone={(answer) => {
            dialog.current?.close();
            onDone(answer.entry);
          }}
        />
      </dialog>
    </>
  );
}
