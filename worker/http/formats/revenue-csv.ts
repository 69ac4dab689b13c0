/** Revenue over time as CSV: a line for each bucket and currency. Pure. */
import { majorUnits } from '../../contract/currencies.ts';
import type { Revenue, RevenueBucket, RevenueFigures } from '../../contract/revenue.ts';
import { csvLine } from './csv.ts';
import { type CsvColumns, csvHeader } from './csv-pages.ts';

type Line = Pick<RevenueBucket, 'from' | 'to'> & RevenueFigures;

const COLUMNS: CsvColumns<Line> = [
  ['from', ({ from }) => from],
  ['to', ({ to }) => to],
  ['currency', ({ currency }) => currency],
  ['orders', ({ orders }) => orders],
  ['units', ({ units }) => units],
  ['gross_minor', ({ grossCents }) => grossCents],
  ['refunded_minor', ({ refundedCents }) => refundedCents],
  ['net_minor', ({ netCents }) => netCents],
  ['gross', ({ grossCents, currency }) => majorUnits(grossCents, currency)],
  ['refunded', ({ refundedCents, currency }) => majorUnits(refundedCents, currency)],
  // A number, since a text that begins with a minus is taken for a formula.
  ['net', ({ netCents, currency }) => signed(netCents, currency)],
];

/** A bucket in which nothing happened has a line of zeros in each currency of the whole. */
export function revenueCsv({ buckets, totals }: Revenue): string {
  const lines = buckets.flatMap(({ from, to, figures }) =>
    totals.map(({ currency }) => {
      const found = figures.find((one) => one.currency === currency);
      return csvLine(
        COLUMNS.map(([, cellOf]) => cellOf({ from, to, ...(found ?? none(currency)) })),
      );
    }),
  );
  return `${csvHeader(COLUMNS)}${lines.join('')}`;
}

function signed(minor: number, currency: string): string | number {
  return minor < 0 ? -Number(majorUnits(-minor, currency)) : majorUnits(minor, currency);
}

function none(currency: string): RevenueFigures {
  return { currency, orders: 0, units: 0, grossCents: 0, refundedCents: 0, netCents: 0 };
}
