/** The form of an address for an order: it offers the countries that the drop delivers to. Must not send it. */
import { useEffect, useState } from 'preact/hooks';
import type { ShippingGroup } from '../../worker/contract/shipping.ts';
import { useShop } from '../shop/shop.ts';
import { Loading } from '../ui/page-state.tsx';
import { AddressForm, type AddressFormProps } from './address-form.tsx';

export interface OrderAddressFormProps extends Omit<AddressFormProps, 'countries'> {
  readonly eventId: string;
  /** Of its event, where the page knows it; else it is asked for. */
  readonly shipping?: readonly ShippingGroup[] | undefined;
}

export function OrderAddressForm({ eventId, shipping, ...form }: OrderAddressFormProps) {
  const { api } = useShop();
  const [read, setRead] = useState<readonly ShippingGroup[]>();
  const isUnknown = shipping === undefined;
  useEffect(() => {
    if (!isUnknown) return undefined;
    let isCurrent = true;
    // Without an answer any country can be chosen: the server knows better anyway.
    void api.getEvent(eventId).then((event) => {
      if (isCurrent) setRead(event.ok ? event.value.shipping : []);
    });
    return () => {
      isCurrent = false;
    };
  }, [api, eventId, isUnknown]);
  const known = shipping ?? read;
  if (known === undefined) return <Loading rows={2} />;
  return <AddressForm {...form} countries={countriesOf(known)} />;
}

/** @returns undefined for all of them */
function countriesOf(groups: readonly ShippingGroup[]): readonly string[] | undefined {
  const isEverywhere = groups.some(({ countries }) => countries.length === 0);
  if (groups.length === 0 || isEverywhere) return undefined;
  return groups.flatMap(({ countries }) => countries);
}
