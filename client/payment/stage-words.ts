/** What is said of where an order's money stands. Pure. */
import type { OrderStatus } from '../../worker/contract/orders.ts';
import type { OwnOrder } from '../../worker/contract/own-order.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import type { Stage } from './stage.ts';

export interface StageWords {
  readonly title: string;
  /** Paragraphs. */
  readonly body: readonly string[];
}

export interface Told {
  readonly order: Pick<OwnOrder, 'payment'>;
  readonly status: OrderStatus;
  /** An amount of the order's currency as people read it. */
  money(cents: number): string;
}

export function wordsOf(stage: Stage, { order, status, money }: Told): StageWords {
  const { payment: texts } = LAZY_TEXTS;
  const { amountCents = 0, refundedCents = 0 } = order.payment ?? {};
  const paid = money(amountCents);
  const refunded = money(refundedCents);
  switch (stage.kind) {
    case 'to_pay':
      return { title: texts.toPay, body: [] };
    case 'unfinished':
      return { title: texts.unfinishedTitle, body: [texts.unfinished] };
    case 'declined':
      return { title: texts.declinedTitle, body: [texts.declined[stage.why], texts.payAgain] };
    case 'checking':
      return { title: texts.checkingTitle, body: [texts.checking] };
    case 'slow':
      return { title: texts.slowTitle, body: [texts.slow] };
    case 'approved':
      return { title: texts.paidTitle, body: [texts.approved(paid)] };
    case 'paid':
      return { title: texts.paidTitle, body: [texts.paid(paid)] };
    case 'refunded':
      return { title: texts.refundedTitle, body: [texts.refunded(refunded)] };
    case 'partly_refunded':
      return { title: texts.partlyTitle, body: [texts.partly(refunded, paid)] };
    case 'failed':
      return { title: texts.failedTitle, body: [texts.failed] };
    case 'gone':
      return {
        title: texts.goneTitle,
        body: [texts.gone[status === 'cancelled' ? 'cancelled' : 'expired']],
      };
    case 'returning':
      return { title: texts.returningTitle, body: [texts.returning] };
    case 'returned':
      return { title: texts.returnedTitle, body: [texts.returned(refunded)] };
    default:
      return stage satisfies never;
  }
}
