/** Gives money of an order back, once its consequence was read and confirmed. Must not decide what is allowed: the server does. */
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type { RefundOrder } from '../../../worker/contract/payments.ts';
import type { FieldError } from '../../../worker/contract/problems.ts';
import type { RefundAnswer } from '../../../worker/contract/refunds.ts';
import { type CallProblem, isUnsettled } from '../../api/call-problem.ts';
import { formatMoney } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { useCreationKey } from '../forms/use-creation-key.ts';
import { useFaultFocus } from '../forms/use-fault-focus.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { amountOf, keptWithin, NEW_REFUND, type RefundDraft, readRefund } from './refund-draft.ts';
import { RefundFields } from './refund-fields.tsx';
import { consequenceOf, type PaidOrder } from './refund-words.ts';

export interface RefundFormProps {
  readonly order: PaidOrder;
  onSending(isSending: boolean): void;
  onStale(): void;
  onDone(refund: RefundAnswer['refund']): void;
}

export function RefundForm(props: RefundFormProps) {
  const { order } = props;
  const { locale } = useShop();
  const { isSending, problem, send } = useRefunding(props);
  const [typed, setTyped] = useState<RefundDraft>(NEW_REFUND);
  const [unread, setUnread] = useState<readonly FieldError[]>([]);
  const [asked, setAsked] = useState<RefundOrder | null>(null);
  const { refund: texts } = ADMIN_TEXTS.order;
  const draft = keptWithin(typed, order);
  const amountCents = amountOf(draft, order);
  const consequence = (of: number, restock: number) =>
    consequenceOf({ amountCents: of, restock }, order, locale);

  function ask() {
    const reading = readRefund(draft, order);
    const isFaulty = Array.isArray(reading);
    setUnread(isFaulty ? reading : []);
    setAsked(isFaulty ? null : reading);
  }
  const errors = unread.length > 0 ? unread : (problem?.fields ?? []);
  const form = useFaultFocus(unread, problem);
  return (
    <>
      <form
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isSending) ask();
        }}
      >
        <RefundFields
          {...{ order, draft, errors }}
          change={(some) => setTyped({ ...typed, ...some })}
        />
        <output class="consequence">
          {amountCents !== null && consequence(amountCents, draft.restock)}
        </output>
        {problem && unread.length === 0 && <Refused problem={problem} />}
        <Button type="submit" isInert={isSending}>
          {isSending ? texts.sending : texts.action}
        </Button>
      </form>
      {asked?.amountCents !== undefined && (
        <Confirm
          amount={formatMoney(asked.amountCents, { currency: order.currency, locale })}
          body={consequence(asked.amountCents, asked.restockUnits ?? 0)}
          onCancel={() => setAsked(null)}
          onConfirm={() => {
            setAsked(null);
            send(asked);
          }}
        />
      )}
    </>
  );
}

/** Sends with one key until something was given back. */
function useRefunding({ order, onSending, onStale, onDone }: RefundFormProps) {
  const admin = useAdmin();
  const once = useCreationKey();
  const { isSending, problem, run } = useAction();
  useEffect(() => {
    onSending(isSending);
    // The form may be gone with its last answer.
    return () => onSending(false);
  }, [isSending]);

  async function sent(refund: RefundOrder) {
    const result = await once((key) => admin.refundOrder(order.id, refund, key));
    // It was refused for what is so by now, or done before: that is shown.
    if (!result.ok && !isUnsettled(result.problem)) onStale();
    return result;
  }
  function send(refund: RefundOrder) {
    run(
      () => sent(refund),
      (answer) => onDone(answer.refund),
    );
  }
  return { isSending, problem, send };
}

function Refused({ problem }: { problem: CallProblem }) {
  const { refund } = ADMIN_TEXTS.order;
  if (problem.code === 'idempotency_key_reused') {
    return (
      <div class="notice" role="alert">
        <p class="notice-title">{refund.doneBefore}</p>
      </div>
    );
  }
  return (
    <ProblemNotice problem={problem}>{isUnsettled(problem) && <p>{refund.again}</p>}</ProblemNotice>
  );
}

interface ConfirmProps {
  readonly amount: string;
  readonly body: string;
  onCancel(): void;
  onConfirm(): void;
}

/** Asks as soon as it is there. */
function Confirm({ amount, body, onCancel, onConfirm }: ConfirmProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const { refund } = ADMIN_TEXTS.order;
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog
      class="dialog"
      ref={dialog}
      aria-labelledby={`${id}-ask`}
      aria-describedby={`${id}-body`}
      onClose={onCancel}
    >
      <h2 id={`${id}-ask`}>{refund.ask(amount)}</h2>
      <p id={`${id}-body`}>{body}</p>
      <div class="dialog-actions">
        <Button kind="quiet" onPress={() => dialog.current?.close()}>
          {ADMIN_TEXTS.no}
        </Button>
        <Button
          onPress={() => {
            dialog.current?.close();
            onConfirm();
          }}
        >
          {refund.confirm(amount)}
        </Button>
      </div>
    </dialog>
  );
}
