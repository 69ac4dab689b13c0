/** How a purchase ended: confirmed, given back or expired. Must not start another. */
import type { Order } from '../../worker/contract/orders.ts';
import { type CallProblem } from '../api/call-problem.ts';
import { formatMoney } from '../format/money.ts';
import { formatTimeOfDay } from '../format/times.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PROBLEM_TEXTS } from '../texts/texts.ts';
import { OtherDrops } from './next-steps.tsx';

export interface PurchaseOutcomeProps {
  readonly step: 'confirmed' | 'cancelled' | 'expired';
  readonly order: Order;
  readonly problem: CallProblem | undefined;
  readonly locale: string;
}

export function PurchaseOutcome({ step, order, problem, locale }: PurchaseOutcomeProps) {
  const { title, body } = wordsFor({ step, order, problem, locale });
  return (
    <div class={`outcome outcome-${step}`}>
      <p class="outcome-title">{title}</p>
      <p>{body}</p>
      {step === 'confirmed' && (
        <a href={`/orders/${order.id}`}>{LAZY_TEXTS.purchase.orderCalled(order.number)}</a>
      )}
      {step !== 'confirmed' && <OtherDrops />}
      {step !== 'confirmed' && order.payment && (
        <p>
          {step === 'expired' && `${LAZY_TEXTS.payment.ifPaid} `}
          <a href={`/orders/${order.id}`}>{LAZY_TEXTS.payment.toOrder}</a>
        </p>
      )}
    </div>
  );
}

function wordsFor({ step, order, problem, locale }: PurchaseOutcomeProps) {
  const { currency, entryId, quantity, totals } = order;
  const { offerNote, standing, turnOver } = LAZY_TEXTS.queue;
  switch (step) {
    case 'confirmed': {
      const total = formatMoney(totals.totalCents, { currency, locale });
      return {
        title: LAZY_TEXTS.purchase.confirmedTitle,
        body: LAZY_TEXTS.purchase.confirmedBody(quantity, total),
      };
    }
    case 'cancelled':
      return {
        title: LAZY_TEXTS.purchase.cancelledTitle,
        body: entryId ? offerNote.cancelled : LAZY_TEXTS.purchase.cancelledBody,
      };
    case 'expired': {
      if (entryId) return { title: turnOver, body: standing.turn_over() };
      const endedAt = formatTimeOfDay(order.expiresAt, { locale });
      const body = problem ? PROBLEM_TEXTS[problem.code] : LAZY_TEXTS.purchase.expiredBody(endedAt);
      return { title: LAZY_TEXTS.purchase.expiredTitle, body };
    }
    default:
      return step satisfies never;
  }
}
