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
import { ReasonForm } from '../forms/reason-form.tsx';
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
          label={texts.reason}
          hint={texts.reasonHint}
          charsMax={REASON_CHARS_MAX}
          action={texts.action}
          keep={texts.keep}
          // Nobody is asked to agree to what was not said.
          isInert={preview === null}
          send={(reason) => admin.cancelEvent(event.id, reason)}
          onKeep={() => dialog.current?.close()}
          onDone={(cancelled) => {
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
    <ul class="consequences">
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
