/** What a refund will do, in words, before it is done. Must not decide anything. */
import type { AdminOrderDetail } from '../../../worker/contract/order-story.ts';
import { isolated } from '../../format/direction.ts';
import { formatMoney } from '../../format/money.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import type { Refundable } from './refund-draft.ts';

export interface Consequence {
  readonly amountCents: number;
  /** How many units go back on sale. */
  readonly restock: number;
}

export type PaidOrder = Refundable &
  Pick<AdminOrderDetail, 'id' | 'customerName'> & {
    readonly payment: NonNullable<AdminOrderDetail['payment']>;
  };

export function consequenceOf(
  { amountCents, restock }: Consequence,
  order: PaidOrder,
  locale: string,
): string {
  const { currency, payment, refundable, customerName } = order;
  const { refund } = ADMIN_TEXTS.order;
  const name = isolated(customerName);
  const money = (cents: number) => formatMoney(cents, { currency, locale });
  // All of a payment that was approved and not charged yet is not charged at all.
  const isUncharged = payment.status === 'authorised' && amountCents === payment.amountCents;
  return [
    isUncharged
      ? refund.notCharged(money(amountCents), name)
      : refund.goes(money(amountCents), money(payment.amountCents), name),
    ...(restock > 0 ? [refund.returns(restock, refundable.units)] : []),
    ...(restock === 0 && refundable.units > 0 ? [refund.returnsNone] : []),
  ].join(' ');
}
