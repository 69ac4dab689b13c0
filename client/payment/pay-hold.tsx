/** What stands in place of Confirm on the card of a hold that is paid for online. */
import type { Order } from '../../worker/contract/orders.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { PayButton, type PayButtonProps } from './pay-button.tsx';

export function PayHold(props: PayButtonProps) {
  const { payment: texts } = LAZY_TEXTS;
  const { id, payment } = props.order;
  const isPaid = payment?.status === 'authorised' || payment?.status === 'captured';
  return (
    <>
      <p>{isPaid ? texts.checkingTitle : leadOf(payment)}</p>
      {!isPaid && <PayButton {...props} />}
      {payment && <a href={`/orders/${id}`}>{texts.toOrder}</a>}
    </>
  );
}

function leadOf(payment: Order['payment']): string {
  const { payment: texts } = LAZY_TEXTS;
  return payment?.status === 'open' ? texts.unfinished : `${texts.toPay}.`;
}
