/** What mails say about money: undefined where it has become otherwise since they were written. Pure. */
import type { UserId } from '../../contract/ids.ts';
import { orderNumberOf } from '../../contract/order-numbers.ts';
import type { PaymentFacts } from '../../stores/postgres/payment-mail-facts.ts';
import type { MailFacts, Shop } from './messages/message.ts';

export function refundMade(
  shop: Shop,
  userId: UserId,
  payment: PaymentFacts | undefined,
): MailFacts['mail.refund_made'] | undefined {
  const refund = payment?.refund;
  if (payment?.customerId !== userId || refund?.state !== 'done') return undefined;
  const refundMinor = refund.amountMinor;
  const { capturedMinor: paidMinor, refundedMinor } = payment;
  return { ...orderOf(shop, payment), refundMinor, paidMinor, refundedMinor };
}

export function notCharged(
  shop: Shop,
  userId: UserId,
  payment: PaymentFacts | undefined,
): MailFacts['mail.not_charged'] | undefined {
  if (payment?.customerId !== userId) return undefined;
  const { state, amountMinor } = payment;
  const hasEnded = state === 'released' || state === 'failed';
  return hasEnded ? { ...orderOf(shop, payment), amountMinor } : undefined;
}

function orderOf(shop: Shop, payment: PaymentFacts) {
  const { orderId, itemName, variantLabel, eventTitle, currency, why } = payment;
  const number = orderNumberOf(orderId);
  const link = `${shop.url}/orders/${orderId}`;
  return { number, itemName, variantLabel, eventTitle, currency, why, link };
}
