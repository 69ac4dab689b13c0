/** Has a mail about an order sent again, once that is confirmed. Must not say what is in it. */
import { useRef, useState } from 'preact/hooks';
import type { OrderMailKind } from '../../../worker/contract/order-desk.ts';
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import type { CallProblem } from '../../api/call-problem.ts';
import { useShop } from '../../shop/shop.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAdmin } from '../api/admin-context.ts';
import { useAction } from '../api/use-action.ts';
import { ConfirmButton } from '../forms/confirm-button.tsx';
import { isKept } from '../orders/order-state.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface MailPanelProps {
  readonly order: AdminOrderDetail;
  onSent(): void;
}

export function MailPanel({ order, onSent }: MailPanelProps) {
  const { sendsMail } = useShop();
  const { mail: texts } = ADMIN_TEXTS.order;
  const [isDone, setIsDone] = useState(false);
  const kinds: OrderMailKind[] = isKept(order) ? ['order_confirmed'] : [];
  if (order.sentAt !== null) kinds.push('order_sent');
  if (!sendsMail || (kinds.length === 0 && !isDone)) return null;
  return (
    <section class="order-section" aria-labelledby="order-mail">
      <h2 id="order-mail">{texts.title}</h2>
      <output>{isDone && texts.done}</output>
      <div class="actions">
        {kinds.map((kind) => (
          <MailButton
            key={kind}
            order={order}
            kind={kind}
            onSent={() => {
              setIsDone(true);
              onSent();
            }}
          />
        ))}
      </div>
    </section>
  );
}

function MailButton({ order, kind, onSent }: MailPanelProps & { kind: OrderMailKind }) {
  const admin = useAdmin();
  const { newKey } = useShop();
  /** Each mail is one of its own, with a key of its own; a repetition has the same. */
  const key = useRef<string | null>(null);
  const { isSending, problem, run } = useAction();
  const { mail: texts } = ADMIN_TEXTS.order;

  function send() {
    const its = (key.current ??= newKey());
    run(
      () => admin.sendMailAgain(order.id, kind, its),
      () => {
        key.current = null;
        onSent();
      },
    );
  }
  return (
    <>
      <ConfirmButton
        action={texts.kinds[kind]}
        ask={texts.ask(order.customerEmail)}
        body={texts.body}
        kind="quiet"
        isInert={isSending}
        onConfirm={send}
      />
      {problem && <MailProblem problem={problem} />}
    </>
  );
}

function MailProblem({ problem }: { problem: CallProblem }) {
  const { mail: texts } = ADMIN_TEXTS.order;
  if (problem.code === 'mail_suppressed') return <Notice words={texts.suppressed} />;
  if (problem.code === 'rate_limited') return <Notice words={texts.tooMany} />;
  return <ProblemNotice problem={problem} />;
}

function Notice({ words }: { words: string }) {
  return (
    <div class="notice" role="alert">
      <p class="notice-title">{words}</p>
    </div>
  );
}
