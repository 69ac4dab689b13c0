/** Where an order goes, on its card and on its page: shown, asked for, and changed while that is possible. */
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Address } from '../../worker/contract/address.ts';
import type { Order } from '../../worker/contract/orders.ts';
import type { ShippingGroup } from '../../worker/contract/shipping.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { Button } from '../ui/button.tsx';
import { Loading } from '../ui/page-state.tsx';
import { LateAddress } from './late-address.tsx';
import { useOrderAddress } from './use-order-address.ts';

export interface Destined<Shown extends Order> {
  readonly order: Shown;
  /** Kept with the account and not with the order yet; null where the order has its own, or needs none. */
  readonly own: Address | null;
}

export interface OrderAddressProps<Shown extends Order> {
  readonly order: Shown;
  /** Whether it can still be changed. */
  readonly isOpen: boolean;
  /** Of its event, where the page knows it. */
  readonly shipping?: readonly ShippingGroup[];
  /** Cannot be sent now. */
  readonly isInert?: boolean;
  /** Of its title; without it, the title is no heading. */
  readonly heading?: 'h2';
  /** Why one is asked for it. */
  readonly lead: string;
  /** What one can do once it is known where it goes. */
  children?(destined: Destined<Shown>): ComponentChildren;
  onChanged(): void;
}

export function OrderAddress<Shown extends Order>(props: OrderAddressProps<Shown>) {
  const { isOpen, isInert = false, heading: Title = 'p', shipping, lead, ...rest } = props;
  const { children, onChanged } = rest;
  const { order, own, isSending, problem, sendTo } = useOrderAddress(props.order, isOpen);
  const [isChanging, setIsChanging] = useState(false);
  const shown = useFollowingFocus(isChanging || isSending);
  const { address: texts } = LAZY_TEXTS;
  if (!order.needsAddress) return <>{children?.({ order, own: null })}</>;
  const address = order.address ?? own ?? null;
  // Without the costs of its delivery it cannot be paid for: nothing is delivered to what is known.
  const isGood = address !== null && order.totals.lines.some(({ kind }) => kind === 'shipping');
  const isAsking = isOpen && (isChanging || !isGood);
  if (address === null && !isOpen) return null;

  async function send(to: Address, isToBeKept: boolean) {
    const isTaken = await sendTo(to, isToBeKept);
    if (isTaken) {
      setIsChanging(false);
      onChanged();
    }
    return isTaken;
  }
  if (isOpen && order.address === null && own === undefined) return <Loading rows={2} />;
  return (
    <>
      <section class="order-address" aria-label={texts.title} ref={shown} tabIndex={-1}>
        <Title class="order-address-title">
          {!isAsking && order.address === null ? texts.saved : texts.title}
        </Title>
        <LateAddress>
          {({ AddressText, OrderAddressForm }) =>
            isAsking ? (
              <>
                {!isGood && <p>{lead}</p>}
                <OrderAddressForm
                  name={`address ${order.id}`}
                  eventId={order.eventId}
                  shipping={shipping}
                  start={isGood ? order.address : address}
                  action={texts.use}
                  asksToKeep
                  {...{ isSending, isInert, problem }}
                  onSubmit={send}
                  onCancel={isGood ? () => setIsChanging(false) : undefined}
                />
              </>
            ) : (
              address && <AddressText address={address} />
            )
          }
        </LateAddress>
        {isOpen && !isAsking && (
          <Button kind="quiet" isInert={isInert} onPress={() => setIsChanging(true)}>
            {order.address === null ? texts.useOther : texts.change}
          </Button>
        )}
      </section>
      {!isAsking && children?.({ order, own: order.address === null ? (own ?? null) : null })}
    </>
  );
}

/** What had the focus is gone when the form comes or goes: then what took its place gets it. */
function useFollowingFocus(isForm: boolean) {
  const shown = useRef<HTMLElement>(null);
  const was = useRef(isForm);
  useEffect(() => {
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (was.current !== isForm && isLost) {
      (shown.current?.querySelector<HTMLElement>('select') ?? shown.current)?.focus();
    }
    was.current = isForm;
  }, [isForm]);
  return shown;
}
