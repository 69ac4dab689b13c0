/** Where something of an order's payment is left: the form that gives it back, and what was done by it. */
import { useState } from 'preact/hooks';
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import type { RefundAnswer } from '../../../worker/contract/refunds.ts';
import { formatMoney } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import { Button } from '../../ui/button.tsx';
import { useFocusRescue } from '../../ui/use-page.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { isRefundBarred } from './dispute-panel.tsx';
import { RefundForm } from './refund-form.tsx';
import { endOfRefund } from './refund-state.ts';

export interface RefundPanelProps {
  readonly order: AdminOrderDetail;
  onRefunded(refund: RefundAnswer['refund']): void;
  /** What is shown may no longer be so. */
  onStale(): void;
}

/** Whether something of its payment is left. */
export function isRefundable({
  payment,
  refundable,
}: Pick<AdminOrderDetail, 'payment' | 'refundable'>): boolean {
  return payment !== null && refundable !== null && refundable.amountCents > 0;
}

export function RefundPanel({ order, onRefunded, onStale }: RefundPanelProps) {
  const { locale } = useShop();
  const { refund: texts, dispute } = ADMIN_TEXTS.order;
  const isBarred = isRefundBarred(order);
  const [done, setDone] = useState<readonly RefundAnswer['refund'][]>([]);
  // Closed by a refund: what it begins with again would read like the one that was made.
  const [isOpen, setIsOpen] = useState(true);
  const [isSending, setIsSending] = useState(false);
  const panel = useFocusRescue<HTMLElement>(isSending);
  const { currency, payment, refundable } = order;
  const money = (cents: number) => formatMoney(cents, { currency, locale });
  const hasLeft = isRefundable(order) && payment !== null && refundable !== null;
  const last = done.at(-1);
  if (!hasLeft && last === undefined) return null;
  return (
    <section class="order-section" aria-labelledby="order-refund" ref={panel} tabIndex={-1}>
      <h2 id="order-refund">{texts.title}</h2>
      <output>{last && doneWords(last, order, money(last.amountCents))}</output>
      {hasLeft && isBarred && <p>{dispute.barred}</p>}
      {hasLeft && !isBarred && (
        <>
          <p>{texts.left(money(refundable.amountCents), money(payment.amountCents))}</p>
          {isOpen && (
            <RefundForm
              // Each refund is one of its own, with a key of its own.
              key={done.length}
              order={{ ...order, payment, refundable }}
              onSending={setIsSending}
              onStale={onStale}
              onDone={(refund) => {
                setDone([...done, refund]);
                setIsOpen(false);
                onRefunded(refund);
              }}
            />
          )}
          {!isOpen && (
            <Button
              kind="quiet"
              onPress={() => {
                setIsOpen(true);
                // The button goes.
                panel.current?.focus();
              }}
            >
              {texts.another}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

/** @param amount of the refund, formatted */
function doneWords(
  refund: RefundAnswer['refund'],
  { story }: AdminOrderDetail,
  amount: string,
): string {
  const { refund: texts, story: words } = ADMIN_TEXTS.order;
  const end = endOfRefund(refund, story);
  if (end === undefined) return texts.done(amount);
  if (end.what === 'released') return words.released(amount);
  return end.what === 'refunded' ? words.refunded(amount) : words.refundFailed(amount);
}
