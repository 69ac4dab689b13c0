/** Revenue of one currency over time, drawn as bars, and written as a table. */
import type { Revenue, RevenueFigures } from '../../../worker/contract/revenue.ts';
import { formatMoney, minorDigitsOf } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import { useWidth } from '../sale/use-width.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { barsOf } from './revenue-bars.ts';
import { bucketName } from './revenue-range.ts';

export interface RevenueChartProps {
  readonly revenue: Revenue;
  readonly currency: string;
}

const HEIGHT = 220;
const NONE = { orders: 0, units: 0, grossCents: 0, refundedCents: 0, netCents: 0 };

export function RevenueChart({ revenue, currency }: RevenueChartProps) {
  const { locale } = useShop();
  const { ref, width } = useWidth();
  const { home } = ADMIN_TEXTS;
  const rows = rowsOf({ revenue, currency });
  const size = { width, height: HEIGHT, left: 64, right: 8, top: 12, bottom: 28 };
  const { bars, yTicks, zeroY } = barsOf(
    rows.map(({ netCents }) => netCents),
    size,
  );
  const money = (minor: number) => formatMoney(minor, { currency, locale });
  const best = rows.reduce((one, other) => (other.netCents > one.netCents ? other : one));
  const nameOf = (row: Row) => bucketName(row, locale);
  const [first, last] = [rows.at(0), rows.at(-1)];
  return (
    <div ref={ref}>
      <svg
        class="chart"
        viewBox={`0 0 ${width} ${HEIGHT}`}
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={home.chartLabel(nameOf(best), money(best.netCents))}
      >
        {yTicks.map(({ minor, y }) => (
          <g key={minor}>
            <line class="chart-grid" x1={size.left} x2={width - size.right} y1={y} y2={y} />
            <text class="chart-text" x={size.left - 8} y={y + 4} text-anchor="end">
              {shortMoney(minor, currency, locale)}
            </text>
          </g>
        ))}
        {bars.map(({ isLoss, ...bar }, n) => (
          <rect
            key={rows[n]?.from}
            class={isLoss ? 'chart-bar chart-bar-loss' : 'chart-bar'}
            {...bar}
          >
            <title>{rows[n] && `${nameOf(rows[n])}: ${money(rows[n].netCents)}`}</title>
          </rect>
        ))}
        <line class="chart-zero" x1={size.left} x2={width - size.right} y1={zeroY} y2={zeroY} />
        <text class="chart-text" x={size.left} y={HEIGHT - 6}>
          {first && nameOf(first)}
        </text>
        <text class="chart-text" x={width - size.right} y={HEIGHT - 6} text-anchor="end">
          {last && last !== first && nameOf(last)}
        </text>
      </svg>
    </div>
  );
}

export function RevenueTable({ revenue, currency }: RevenueChartProps) {
  const { locale } = useShop();
  const { home, chartTable, number } = ADMIN_TEXTS;
  const money = (minor: number) => formatMoney(minor, { currency, locale });
  return (
    <details class="chart-table">
      <summary>{chartTable}</summary>
      <table class="figures-table">
        <thead>
          <tr>
            <th scope="col">{home.period}</th>
            <th scope="col">{home.orders}</th>
            <th scope="col">{home.refunded}</th>
            <th scope="col">{home.net}</th>
          </tr>
        </thead>
        <tbody>
          {rowsOf({ revenue, currency }).map((row) => (
            <tr key={row.from}>
              <th scope="row">{bucketName(row, locale)}</th>
              <td>{number(row.orders)}</td>
              <td>{money(row.refundedCents)}</td>
              <td>{money(row.netCents)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

type Row = RevenueFigures & { readonly from: string; readonly to: string };

function rowsOf({ revenue, currency }: RevenueChartProps): Row[] {
  return revenue.buckets.map(({ from, to, figures }) => {
    const found = figures.find((one) => one.currency === currency);
    return { from, to, ...(found ?? { currency, ...NONE }) };
  });
}

/** `€1.2K`: as long as the room beside the bars. */
function shortMoney(minor: number, currency: string, locale: string): string {
  return new Intl.NumberFormat(locale, {
    style: 'currency',
    currency,
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  }).format(minor / 10 ** minorDigitsOf(currency));
}
