/** What an order costs, line by line: its items, its way, tax, and all of it. Must not compute any amount. */
import type { Order } from '../../worker/contract/orders.ts';
import type { TotalsLine } from '../../worker/contract/totals.ts';
import { formatMoney } from '../format/money.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { countryName } from './country-names.ts';

export type TotalLine = TotalsLine;

export interface TotalsProps {
  readonly order: Pick<Order, 'currency' | 'quantity' | 'totals' | 'unitPriceCents'>;
}

/** Of a price alone the total says it all. What is in the total already comes below it. */
export function Totals({ order }: TotalsProps) {
  const { locale } = useShop();
  const { currency, quantity, totals, unitPriceCents } = order;
  const { total } = LAZY_TEXTS.address.totals;
  const money = (cents: number) => formatMoney(cents, { currency, locale });
  const isSum = totals.lines.length > 1;
  const units = quantity > 1 && (
    <small>{LAZY_TEXTS.payment.units(quantity, money(unitPriceCents))}</small>
  );
  const rows = (isIncluded: boolean) => {
    const lines = totals.lines.filter(({ included }) => included === isIncluded);
    if (!isSum || lines.length === 0) return null;
    return (
      <dl class="totals-lines">
        {lines.map((line, n) => (
          <div key={`${n} ${line.kind}`}>
            <dt>{lineName(line, locale)}</dt>
            <dd>
              {amountOf(line, money)} {line.kind === 'items' && units}
            </dd>
          </div>
        ))}
      </dl>
    );
  };
  return (
    <div class="totals">
      {rows(false)}
      <p class="pay-total">
        <span>{total}</span>
        <strong>{money(totals.totalCents)}</strong>
        {!isSum && units}
      </p>
      {rows(true)}
    </div>
  );
}

/** What a line is called: with its country, or its rate in percent, where it has one. */
export function lineName({ kind, included, country, ratePercent }: TotalLine, locale: string) {
  const { totals } = LAZY_TEXTS.address;
  switch (kind) {
    case 'items':
      return totals.items;
    case 'shipping':
      return country ? totals.shippingTo(countryName(country)) : totals.shipping;
    case 'tax':
      if (ratePercent === undefined) {
        return included ? totals.taxIncludedUnnamed : totals.taxAddedUnnamed;
      }
      return (included ? totals.taxIncluded : totals.taxAdded)(percentOf(ratePercent, locale));
    default:
      return kind satisfies never;
  }
}

/** Shipping that costs nothing says so in a word. */
export function amountOf({ kind, amountCents }: TotalLine, money: (cents: number) => string) {
  const { free } = LAZY_TEXTS.address.totals;
  return kind === 'shipping' && amountCents === 0 ? free : money(amountCents);
}

/** As many decimals as a rate may have in the configuration. */
const RATE_DECIMALS_MAX = 3;

function percentOf(rate: number, locale: string): string {
  const style = { style: 'percent', maximumFractionDigits: RATE_DECIMALS_MAX } as const;
  return new Intl.NumberFormat(locale, style).format(rate / 100);
}
