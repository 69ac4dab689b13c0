/** What stands in place of Confirm on the card of a hold that needs an address, or more than a price. */
import { useMemo } from 'preact/hooks';
import type { Order } from '../../worker/contract/orders.ts';
import type { ShippingGroup } from '../../worker/contract/shipping.ts';
import { createSubmission } from '../account/submission.ts';
import { createAddressApi } from '../address/address-api.ts';
import { type Destined, OrderAddress } from '../address/order-address.tsx';
import { Totals } from '../address/totals.tsx';
import { confirmWords, type PayableHold } from '../purchase/hold-card.tsx';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { PayButton } from './pay-button.tsx';

export interface PayHoldProps extends PayableHold {
  /** Of its event. */
  readonly shipping: readonly ShippingGroup[];
  /** The order is not as this page has it. */
  onChanged(): Promise<void> | void;
}

export function PayHold(props: PayHoldProps) {
  const { order, isInert, shipping, onChanged } = props;
  const { address, payment: texts } = LAZY_TEXTS;
  const { id, payment } = order;
  const isPaid = payment?.status === 'authorised' || payment?.status === 'captured';
  return (
    <>
      {order.payOnline && <p>{isPaid ? texts.checkingTitle : leadOf(payment)}</p>}
      {!isPaid && (
        <OrderAddress
          {...{ order, shipping, isInert }}
          isOpen
          lead={order.payOnline ? address.needed : address.neededFree}
          onChanged={() => void onChanged()}
        >
          {(destined) =>
            order.payOnline ? (
              <PayButton {...destined} isInert={isInert} onChanged={onChanged} />
            ) : (
              <Confirm {...props} {...destined} />
            )
          }
        </OrderAddress>
      )}
      {payment && <a href={`/orders/${id}`}>{texts.toOrder}</a>}
    </>
  );
}

/** An address of the account is first written to the order, and then the order is confirmed. */
function Confirm({ order, own, isInert, deciding, onDecide }: PayHoldProps & Destined<Order>) {
  const { api } = useShop();
  const { state, submit } = useMemo(
    () =>
      createSubmission(
        (address: NonNullable<typeof own>) =>
          createAddressApi(api).sendTo(order.id, { address, saveAddress: false }),
        () => onDecide('confirm'),
      ),
    [api, order.id],
  );
  const { isSending, problem } = state.value;
  const isConfirming = isSending || deciding === 'confirm';
  return (
    <>
      <Totals order={order} />
      {problem && <ProblemNotice problem={problem} />}
      <Button
        isInert={isInert || isSending}
        onPress={() => (own === null ? onDecide('confirm') : void submit(own))}
      >
        {isConfirming ? LAZY_TEXTS.confirming : confirmWords(order)}
      </Button>
    </>
  );
}

function leadOf(payment: Order['payment']): string {
  const { payment: texts } = LAZY_TEXTS;
  return payment?.status === 'open' ? texts.unfinished : `${texts.toPay}.`;
}
