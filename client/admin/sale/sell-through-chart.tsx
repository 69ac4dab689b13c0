/** What was sold over time, drawn as a line over its area, and written as a table. */
import { useId } from 'preact/hooks';
import type { EventDashboard } from '../../../worker/contract/administration.ts';
import { formatMoney } from '../../format/money.ts';
import { formatTimeOfDay } from '../../format/times.ts';
import { useShop } from '../../shop/shop.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { type Chart, type ChartSize, chartOf } from './chart.ts';
import { useWidth } from './use-width.ts';

export interface SellThroughChartProps {
  readonly series: EventDashboard['sellThrough'];
  readonly currency: string;
  /** Before, the series is a point that lies ahead. */
  readonly hasOpened: boolean;
}

const HEIGHT = 260;
const DAY_MS = 86_400_000;
/** Rows of the table: every so many points, so that it stays readable. */
const TABLE_ROWS_MAX = 24;

export function SellThroughChart({ series, currency, hasOpened }: SellThroughChartProps) {
  const { ref, width } = useWidth();
  const titleId = useId();
  const size = { width, height: HEIGHT, left: 48, right: 16, top: 32, bottom: 28 };
  const chart = hasOpened ? chartOf(series, size) : null;
  return (
    <section class="panel" aria-labelledby={titleId}>
      <h2 id={titleId}>{ADMIN_TEXTS.chartTitle}</h2>
      <div ref={ref}>
        {chart ? (
          <Drawing chart={chart} size={size} series={series} />
        ) : (
          <p class="small-print">{ADMIN_TEXTS.chartEmpty}</p>
        )}
      </div>
      {chart && <SeriesTable series={series} currency={currency} />}
    </section>
  );
}

interface DrawingProps {
  readonly chart: Chart;
  readonly size: ChartSize;
  readonly series: EventDashboard['sellThrough'];
}

function Drawing({ chart, size, series }: DrawingProps) {
  const timeOf = useSeriesTime(series);
  const { line, area, xTicks, yTicks, last } = chart;
  const { width, height, left, right, bottom } = size;
  const [from = 0, to = 0] = [xTicks[0]?.atMs, xTicks.at(-1)?.atMs];
  const units = series.points.at(-1)?.unitsCumulative ?? 0;
  const lastX = xTicks.length - 1;
  return (
    <svg
      class="chart"
      viewBox={`0 0 ${width} ${height}`}
      width={width}
      height={height}
      role="img"
      aria-label={ADMIN_TEXTS.chartLabel(units, timeOf(from), timeOf(to))}
    >
      <text class="chart-text" x={0} y={14}>
        {ADMIN_TEXTS.unitsAxis}
      </text>
      {yTicks.map((tick) => (
        <g key={tick.units}>
          <line class="chart-grid" x1={left} x2={width - right} y1={tick.y} y2={tick.y} />
          <text class="chart-text" x={left - 8} y={tick.y + 4} text-anchor="end">
            {ADMIN_TEXTS.number(tick.units)}
          </text>
        </g>
      ))}
      {xTicks.map(({ atMs, x }, n) => (
        <text
          class="chart-text"
          key={atMs}
          x={x}
          y={height - bottom + 20}
          text-anchor={n === 0 ? 'start' : n === lastX ? 'end' : 'middle'}
        >
          {timeOf(atMs)}
        </text>
      ))}
      <path class="chart-area" d={area} />
      <path class="chart-line" d={line} />
      <circle class="chart-last" cx={last.x} cy={last.y} r="4" />
    </svg>
  );
}

function SeriesTable({ series, currency }: Omit<SellThroughChartProps, 'hasOpened'>) {
  const { locale } = useShop();
  const timeOf = useSeriesTime(series);
  const { points, bucketSeconds } = series;
  const every = Math.ceil(points.length / TABLE_ROWS_MAX);
  // Counted from the end, so that the last row is the state of things.
  const rows = points.filter((_, n) => (points.length - 1 - n) % every === 0);
  const { until, cumulative, revenue } = ADMIN_TEXTS.chartColumns;
  return (
    <details class="chart-table">
      <summary>{ADMIN_TEXTS.chartTable}</summary>
      <table class="figures-table">
        <thead>
          <tr>
            <th scope="col">{until}</th>
            <th scope="col">{cumulative}</th>
            <th scope="col">{revenue}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ at, unitsCumulative, revenueCentsCumulative }) => (
            <tr key={at}>
              <th scope="row">{timeOf(Date.parse(at) + bucketSeconds * 1_000)}</th>
              <td>{ADMIN_TEXTS.number(unitsCumulative)}</td>
              <td>{formatMoney(revenueCentsCumulative, { currency, locale })}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** With the day, where the series is longer than one. */
function useSeriesTime({ points, bucketSeconds }: EventDashboard['sellThrough']) {
  const { locale } = useShop();
  const isLong = points.length * bucketSeconds * 1_000 > DAY_MS;
  return (atMs: number) =>
    isLong
      ? new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', hour: '2-digit' }).format(
          atMs,
        )
      : formatTimeOfDay(atMs, { locale });
}
