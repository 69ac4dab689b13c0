/** Where the limit is reached by an own hold whose payment is being checked: until when that is so. */
import { formatTimeOfDay } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';

/** @param props.releaseAt when its units are free again, unless the payment arrives */
export function PaymentChecked({ releaseAt }: { readonly releaseAt: string }) {
  const { locale } = useShop();
  const { payment, purchase } = LAZY_TEXTS;
  return (
    <p>
      {purchase.paymentChecked(formatTimeOfDay(releaseAt, { locale }))}{' '}
      <a href="/orders">{payment.toOrder}</a>
    </p>
  );
}
