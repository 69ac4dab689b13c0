/** What is known of one order: what it cost, when what became of it, its way, and its money. */
import type { ComponentChildren } from 'preact';
import type { OrderStatus } from '../../worker/contract/orders.ts';
import type { OwnOrder } from '../../worker/contract/own-order.ts';
import { amountOf, lineName, type TotalLine } from '../address/totals.tsx';
import { formatMoney } from '../format/money.ts';
import { formatInstant } from '../format/times.ts';
import { useShop } from '../shop/shop.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';

export interface OrderTableProps {
  readonly order: OwnOrder;
  /** As of now: a hold whose time is over has expired. */
  readonly status: OrderStatus;
}

type Row = readonly [name: string, value: ComponentChildren];

export function OrderTable({ order, status }: OrderTableProps) {
  const { locale } = useShop();
  const { order: texts } = LAZY_TEXTS;
  const { currency, quantity, unitPriceCents, reservedAt, expiresAt, endedAt } = order;
  const { sentAt, trackingUrl } = order;
  const at = (instant: string) => formatInstant(instant, { locale });
  const money = (cents: number) => formatMoney(cents, { currency, locale });
  const rows: readonly Row[] = [
    [TEXTS.quantity, String(quantity)],
    [texts.unitPrice, money(unitPriceCents)],
    ...totalRows(order, locale),
    [texts.reserved, at(reservedAt)],
    [texts.ended[status], at(status === 'pending' ? expiresAt : (endedAt ?? expiresAt))],
    ...(sentAt === null ? [] : [[texts.sent, at(sentAt)] as const]),
    ...(trackingUrl === null ? [] : [[texts.parcel, <Way key="way" url={trackingUrl} />] as const]),
  ];
  return (
    <>
      <Facts rows={rows} />
      {order.payment && <Receipt order={order} money={money} at={at} />}
    </>
  );
}

/** Of a price alone the total says it all. What is in the total already comes below it. */
function totalRows({ currency, totals }: OwnOrder, locale: string): Row[] {
  const money = (cents: number) => formatMoney(cents, { currency, locale });
  const total: Row = [LAZY_TEXTS.order.total, money(totals.totalCents)];
  if (totals.lines.length < 2) return [total];
  const rowOf = (line: TotalLine): Row => [lineName(line, locale), amountOf(line, money)];
  return [
    ...totals.lines.filter(({ included }) => !included).map(rowOf),
    total,
    ...totals.lines.filter(({ included }) => included).map(rowOf),
  ];
}

function Way({ url }: { url: string }) {
  return (
    <a href={url} rel="noopener noreferrer">
      {LAZY_TEXTS.order.track}
    </a>
  );
}

interface ReceiptProps {
  readonly order: OwnOrder;
  money(cents: number): string;
  at(instant: string): string;
}

function Receipt({ order, money, at }: ReceiptProps) {
  const { payment: texts } = LAZY_TEXTS;
  const { payment, receipt, unitsReturned } = order;
  if (payment === null) return null;
  const refunds = receipt?.refunds ?? [];
  const rows: readonly Row[] = [
    [texts.state, texts.status[payment.status]],
    [texts.amount, money(payment.amountCents)],
    ...(receipt?.approvedAt ? [[texts.approvedAt, at(receipt.approvedAt)] as const] : []),
    ...refunds.map(
      ({ amountCents, createdAt, status }) =>
        [texts.refundOf(at(createdAt)), texts.refundStatus[status](money(amountCents))] as const,
    ),
    ...(unitsReturned > 0
      ? [[texts.unitsReturned, texts.returnedUnits(unitsReturned)] as const]
      : []),
  ];
  return (
    <section class="order-receipt" aria-labelledby="order-payment">
      <h2 id="order-payment">{texts.title}</h2>
      <Facts rows={rows} />
    </section>
  );
}

function Facts({ rows }: { rows: readonly Row[] }) {
  return (
    <dl class="order-facts">
      {rows.map(([name, value], n) => (
        <div key={`${n} ${name}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
