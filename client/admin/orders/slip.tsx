/** One packing slip in the language of its customer. Must not load anything. */

import type { ComponentChild } from 'preact';
import type { Address } from '../../../worker/contract/address.ts';
import type { OrderSlip } from '../../../worker/contract/order-slips.ts';
import type { TotalsLine } from '../../../worker/contract/totals.ts';
import { itemTitle } from '../../format/item-title.ts';
import { formatMoney } from '../../format/money.ts';
import type { Language } from '../../texts/language.ts';
import { SLIP_WORDS } from '../texts/slip-words.ts';

export interface SlipProps {
  readonly slip: OrderSlip;
  readonly shopName: string;
  readonly hasPrices: boolean;
}

export function Slip({ slip, shopName, hasPrices }: SlipProps) {
  const { language, currency, units } = slip;
  const words = SLIP_WORDS[language];
  const money = (cents: number) => formatMoney(cents, { currency, locale: language });
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long' });
  return (
    <article class="slip" lang={language}>
      <header class="slip-head">
        <p class="slip-shop" dir="auto">
          {shopName}
        </p>
        <h2>{words.title}</h2>
      </header>
      <div class="slip-facts">
        <section aria-label={words.to}>
          <h3>{words.to}</h3>
          <address dir="auto">{linesOf(slip).map(lineOf)}</address>
        </section>
        <dl>
          <dt>{words.order}</dt>
          <dd translate={false}>{slip.number}</dd>
          <dt>{words.bought}</dt>
          <dd>{day.format(new Date(slip.boughtAt))}</dd>
        </dl>
      </div>
      <table class="slip-lines">
        <thead>
          <tr>
            <th scope="col">{words.item}</th>
            <th scope="col">{words.quantity}</th>
            {hasPrices && <th scope="col">{words.unitPrice}</th>}
          </tr>
        </thead>
        <tbody>
          <tr>
            <td dir="auto">
              {itemTitle(slip.itemName, slip.variantLabel)}
              <small dir="auto">{slip.eventTitle}</small>
            </td>
            <td>{new Intl.NumberFormat(language).format(units)}</td>
            {hasPrices && <td>{money(slip.unitPriceCents)}</td>}
          </tr>
        </tbody>
      </table>
      {hasPrices && <SlipTotals slip={slip} />}
    </article>
  );
}

/** Of a price alone the total says it all. What is in the total already comes below it. */
function SlipTotals({ slip }: Pick<SlipProps, 'slip'>) {
  const { currency, language, totals } = slip;
  const money = (cents: number) => formatMoney(cents, { currency, locale: language });
  const rows = totals.lines.map((line) => [line.included, nameOf(line, language), line] as const);
  const isSum = rows.length > 1;
  const rowsThat = (isIncluded: boolean) =>
    rows
      .filter(([included]) => isSum && included === isIncluded)
      .map(([, name, { amountCents }]) => rowOf(name, money(amountCents)));
  return (
    <dl class="slip-totals">
      {rowsThat(false)}
      {rowOf(SLIP_WORDS[language].total, <strong>{money(totals.totalCents)}</strong>)}
      {rowsThat(true)}
    </dl>
  );
}

function rowOf(name: string, amount: ComponentChild) {
  return (
    <div key={name}>
      <dt>{name}</dt>
      <dd>{amount}</dd>
    </div>
  );
}

function nameOf({ kind, included, country, ratePercent = 0 }: TotalsLine, language: Language) {
  const words = SLIP_WORDS[language];
  if (kind === 'items') return words.items;
  if (kind === 'shipping') {
    return country === undefined
      ? words.shipping
      : words.shippingTo(countryIn(country, language) ?? country);
  }
  const style = { style: 'percent', maximumFractionDigits: 3 } as const;
  const percent = new Intl.NumberFormat(language, style).format(ratePercent / 100);
  return (included ? words.taxIncluded : words.taxAdded)(percent);
}

function countryIn(code: string, language: Language): string | undefined {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code);
}

function lineOf(line: string, n: number) {
  return <span key={`${n} ${line}`}>{line}</span>;
}

/** As letters are addressed, from the name to the country; the name alone where there is no address. */
function linesOf({ address, customerName, language }: OrderSlip): string[] {
  if (address === null) return [customerName];
  const { name, company, line1, line2, region } = address;
  const country = countryIn(address.country, language);
  const parts = [name, company, line1, line2, placeOf(address), region, country];
  return parts.flatMap((part) => part || []);
}

function placeOf({ postalCode, city }: Address): string {
  return [postalCode, city].filter(Boolean).join(' ');
}
