/** In a list of orders: the state of one's payment, and what was given back of it. */
import type { Order } from '../../worker/contract/orders.ts';
import type { OrderPayment } from '../../worker/contract/payments.ts';
import { formatMoney } from '../format/money.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';

export interface PaymentStateProps {
  readonly order: Pick<Order, 'currency' | 'unitsReturned'>;
  readonly payment: OrderPayment;
}

export function PaymentState({ order, payment }: PaymentStateProps) {
  const { locale } = useShop();
  const { payment: texts } = LAZY_TEXTS;
  const { currency, unitsReturned } = order;
  const refunded = formatMoney(payment.refundedCents, { currency, locale });
  return (
    <span class={`payment-state payment-${payment.status}`}>
      {payment.refundedCents > 0
        ? TEXTS.itemLabel(texts.status[payment.status], refunded)
        : texts.status[payment.status]}
      {unitsReturned > 0 &&
        ` · ${TEXTS.itemLabel(texts.unitsReturned, texts.returnedUnits(unitsReturned))}`}
    </span>
  );
}
