/** Where an order is delivered to, and what that makes it cost. Pure. */
import type { Address } from '../contract/address.ts';
import { shippingPriceOf } from '../contract/shipping.ts';
import type { OrderCosts, TaxPlan } from '../contract/totals.ts';
import { costsNow } from '../stores/postgres/order-costs.ts';
import type { PayableOrder } from '../stores/postgres/payment-beginnings.ts';

export interface Delivery {
  /** Null where nothing is delivered. */
  address: Address | null;
  costs: OrderCosts;
}

/**
 * @param given said by the customer just now; without it, the one that is kept with the order, else with the
 *   account
 */
export function deliveryOf(
  { order, event, address, customerAddress }: PayableOrder,
  { given, tax }: { given?: Address | undefined; tax: TaxPlan },
): Delivery | 'address_required' | 'not_delivered_there' {
  const { needsAddress, shipping } = event;
  const basis = { needsAddress, shipping, country: null };
  if (!needsAddress) return { address: null, costs: costsNow(order, basis, tax) };
  const known = given ?? address ?? customerAddress;
  if (known === null) return 'address_required';
  const { country } = known;
  if (shippingPriceOf(shipping, country) === undefined) return 'not_delivered_there';
  return { address: known, costs: costsNow(order, { ...basis, country }, tax) };
}

/** Whether both come to the same money, for the same reasons. */
export function isSameCosts(one: OrderCosts | undefined, other: OrderCosts): boolean {
  return (
    one !== undefined &&
    one.shippingCents === other.shippingCents &&
    one.tax?.amountCents === other.tax?.amountCents &&
    one.tax?.included === other.tax?.included
  );
}
