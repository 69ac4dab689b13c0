/** Whether the payment provider takes what a plan asks for: field by field, with a stable word for each fault. */
import type { EventInput } from '../../contract/event-input.ts';
import type { AmountFault } from '../../contract/payments.ts';
import type { FieldError } from '../../contract/problems.ts';
import { costsOf, type TaxPlan, totalCentsOf } from '../../contract/totals.ts';
import { HttpProblem } from '../../http/problem.ts';
import type { PaymentProvider } from '../../payment/provider.ts';

const MESSAGES: Record<AmountFault, string> = {
  amount_not_payable: 'is no amount that the payment provider takes',
  amount_too_large: 'is more than the payment provider takes',
  amount_too_small: 'is less than the payment provider takes',
  currency_not_payable: 'is no currency that the payment provider takes',
};

type Provider = Pick<PaymentProvider, 'amountFault'>;
type Line = EventInput['items'][number];

/** What is free is not paid for. @throws HttpProblem where there is no provider, or it would not take a total. */
export function assertPayable(
  provider: Provider | undefined,
  { currency, items, shipping }: Pick<EventInput, 'currency' | 'items' | 'shipping'>,
  tax: TaxPlan,
): void {
  if (provider === undefined) throw new HttpProblem('no_payment_provider');
  const faultOf = (total: number) =>
    total === 0 ? undefined : provider.amountFault(total, currency);
  const mostOf = mostOfPlan(shipping, tax);
  const faults = items.flatMap((line, n) => lineFaults(line, `items.${n}`, { faultOf, mostOf }));
  if (faults.length === 0) return;
  // Said once, of the currency, and not of each price.
  const isOfCurrency = faults.some(({ reason }) => reason === 'currency_not_payable');
  const errors = isOfCurrency ? [errorOf('currency', 'currency_not_payable')] : faults;
  throw new HttpProblem('malformed', { errors });
}

interface Faults {
  faultOf(total: number): AmountFault | undefined;
  /** The most that an order of items may cost with delivery and tax. */
  mostOf(items: number): number;
}

function mostOfPlan(shipping: EventInput['shipping'], { mode, rates }: TaxPlan): Faults['mostOf'] {
  const delivery = Math.max(0, ...shipping.map(({ priceCents }) => priceCents));
  const rateMilli = mode === 'added' ? Math.max(0, ...rates.values()) : 0;
  const tax: TaxPlan = { mode, rates: new Map([['*', rateMilli]]) };
  return (items) =>
    totalCentsOf(items, costsOf(items, { shippingCents: delivery, country: null, tax }));
}

function lineFaults(
  { priceCents, limitPerCustomer, variants = [] }: Line,
  path: string,
  { faultOf, mostOf }: Faults,
): FieldError[] {
  const prices = [
    ...(variants.length === 0 || variants.some((one) => one.priceCents === undefined)
      ? [{ price: priceCents, at: `${path}.priceCents` }]
      : []),
    ...variants.flatMap(({ priceCents: price }, nth) =>
      price === undefined ? [] : [{ price, at: `${path}.variants.${nth}.priceCents` }],
    ),
  ];
  const faults = prices.flatMap(({ price, at }) => {
    const fault = faultOf(price);
    return fault === undefined ? [] : [errorOf(at, fault)];
  });
  if (faults.length > 0) return faults;
  // As many as one customer may have in one order.
  const items = Math.max(...prices.map(({ price }) => price)) * limitPerCustomer;
  const most = items === 0 ? undefined : faultOf(mostOf(items));
  return most === undefined ? [] : [errorOf(`${path}.limitPerCustomer`, most)];
}

function errorOf(path: string, reason: AmountFault): FieldError {
  return { path, message: MESSAGES[reason], reason };
}
