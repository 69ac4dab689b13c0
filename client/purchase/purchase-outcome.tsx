/** How a purchase ended: confirmed, given back or expired. Must not start another. */
import type { Order } from '../../worker/contract/orders.ts';
import { type CallProblem } from '../api/call-problem.ts';
import { formatMoney } from '../format/money.ts';
import { formatTimeOfDay } from '../format/times.ts';
import { PROBLEM_TEXTS, TEXTS } from '../texts/texts.ts';

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
        <a href={`/orders/${order.id}`}>{TEXTS.orderCalled(order.number)}</a>
      )}
    </div>
  );
}

function wordsFor({ step, order, problem, locale }: PurchaseOutcomeProps) {
  const { currency, quantity, unitPriceCents } = order;
  switch (step) {
    case 'confirmed': {
      const total = formatMoney(quantity * unitPriceCents, { currency, locale });
      return { title: TEXTS.confirmedTitle, body: TEXTS.confirmedBody(quantity, total) };
    }
    case 'cancelled':
      return { title: TEXTS.cancelledTitle, body: TEXTS.cancelledBody };
    case 'expired': {
      const endedAt = formatTimeOfDay(order.expiresAt, { locale });
      const body = problem ? PROBLEM_TEXTS[problem.code] : TEXTS.expiredBody(endedAt);
      return { title: TEXTS.expiredTitle, body };
    }
    default:
      return step satisfies never;
  }
}
