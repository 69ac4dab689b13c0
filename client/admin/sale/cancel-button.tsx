/** Cancels an event, once it was said what that ends and a reason was given. Must not decide what follows. */
import { useId, useRef, useState } from 'preact/hooks';
import type { AdminEvent } from '../../../worker/contract/administration.ts';
import type { CancelPreview } from '../../../worker/contract/cancellation.ts';
import { formatMoney } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { DRAFT_FAULTS } from '../forms/draft-faults.ts';
import { Labelled } from '../forms/labelled.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';

const REASON_CHARS_MAX = 500;

export interface CancelButtonProps {
  readonly event: AdminEvent;
  readonly isInert: boolean;
  onCancelled(event: AdminEvent): void;
}

export function CancelButton({ event, isInert, onCancelled }: CancelButtonProps) {
  const id = useId();
  const admin = useAdmin();
  const dialog = useRef<HTMLDialogElement>(null);
  const [closings, setClosings] = useState(0);
  const [preview, setPreview] = useState<CancelPreview | null>(null);
  const counting = useAction();
  const texts = ADMIN_TEXTS.cancelling;

  function open() {
    setPreview(null);
    counting.run(() => admin.previewCancel(event.id), setPreview);
    dialog.current?.showModal();
  }
  return (
    <>
      <Button kind="quiet" isInert={isInert} onPress={open}>
        {texts.action}
      </Button>
      <dialog
        class="dialog"
        ref={dialog}
        aria-labelledby={`${id}-ask`}
        aria-describedby={`${id}-body`}
        // The next time it begins with nothing.
        onClose={() => setClosings(closings + 1)}
      >
        <h2 id={`${id}-ask`}>{texts.ask}</h2>
        <div id={`${id}-body`}>
          <p>{texts.body}</p>
          {preview ? <Consequence preview={preview} /> : <p>{texts.counting}</p>}
        </div>
        {counting.problem && <ProblemNotice problem={counting.problem} />}
        <ReasonForm
          key={closings}
          event={event}
          // Nobody is asked to agree to what was not said.
          isInert={preview === null}
          onKeep={() => dialog.current?.close()}
          onCancelled={(cancelled) => {
            dialog.current?.close();
            onCancelled(cancelled);
          }}
        />
      </dialog>
    </>
  );
}

function Consequence({ preview }: { preview: CancelPreview }) {
  const { locale } = useShop();
  const { orders, holds, waiting, amounts } = preview;
  const texts = ADMIN_TEXTS.cancelling;
  return (
    <ul>
      <li>{texts.orders(orders)}</li>
      {amounts.map(({ currency, amountCents }) => (
        <li key={currency}>{texts.money(formatMoney(amountCents, { currency, locale }))}</li>
      ))}
      {amounts.length === 0 && <li>{texts.noMoney}</li>}
      <li>{texts.holds(holds)}</li>
      <li>{texts.waiting(waiting)}</li>
    </ul>
  );
}

function ReasonForm({
  event,
  isInert,
  onKeep,
  onCancelled,
}: CancelButtonProps & { onKeep(): void }) {
  const admin = useAdmin();
  const [reason, setReason] = useState('');
  const [isMissing, setIsMissing] = useState(false);
  const { isSending, problem, run } = useAction();
  const texts = ADMIN_TEXTS.cancelling;

  function submit() {
    const given = reason.trim();
    setIsMissing(given === '');
    if (given === '' || isInert) return;
    run(() => admin.cancelEvent(event.id, given), onCancelled);
  }
  const missing = isMissing ? [{ path: 'reason', message: DRAFT_FAULTS.required }] : [];
  return (
    <form
      noValidate
      onSubmit={(submitted) => {
        submitted.preventDefault();
        submit();
      }}
    >
      <Labelled
        label={texts.reason}
        hint={texts.reasonHint}
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
        <Button kind="quiet" onPress={onKeep}>
          {texts.keep}
        </Button>
        <Button type="submit" isInert={isSending || isInert}>
          {isSending ? ADMIN_TEXTS.saving : texts.action}
        </Button>
      </div>
    </form>
  );
}
