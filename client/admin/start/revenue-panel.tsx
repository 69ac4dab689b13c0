/** Revenue over time: which days, totals, a drawing with its table, and the same as a file. */
import { useState } from 'preact/hooks';
import type { Revenue, RevenueFigures } from '../../../worker/contract/revenue.ts';
import { formatMoney } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import { useKept } from '../../shop/use-kept.ts';
import { usePolled } from '../../shop/use-polled.ts';
import { Failed, Loading, OutOfDate } from '../../ui/page-state.tsx';
import { useAdmin } from '../api/admin-context.ts';
import type { RevenueRange } from '../api/home-calls.ts';
import { Labelled } from '../forms/labelled.tsx';
import { ExportButton } from '../orders/export-button.tsx';
import { ADMIN_TEXTS } from '../texts/texts.ts';
import { RevenueChart, RevenueTable } from './revenue-chart.tsx';
import { REVENUE_CHOICES, type RevenueChoice, rangeOf } from './revenue-range.ts';

const EVERY_MS = 60_000;

export function RevenuePanel() {
  const admin = useAdmin();
  const { clock, timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone } = useShop();
  const { home } = ADMIN_TEXTS;
  const [choice, setChoice] = useKept<RevenueChoice>('revenue', 'month');
  const range = rangeOf(choice, { nowMs: clock.nowMs(), timeZone });
  const { value, problem, refresh } = usePolled<Revenue>({
    of: 'revenue',
    key: `${range.from} ${range.to} ${range.by} ${timeZone}`,
    load: () => admin.readRevenue(range),
    pace: () => ({ everyMs: EVERY_MS, momentsMs: [] }),
  });
  return (
    <section class="panel home-revenue" aria-labelledby="home-revenue">
      <h2 id="home-revenue">{home.revenue}</h2>
      <div class="home-range">
        <Labelled label={home.range}>
          {(control) => (
            <select
              {...control}
              value={choice}
              onChange={({ currentTarget: { value: chosen } }) =>
                setChoice(REVENUE_CHOICES.find((one) => one === chosen) ?? 'month')
              }
            >
              {REVENUE_CHOICES.map((one) => (
                <option key={one} value={one}>
                  {home.ranges[one]}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <RevenueExport range={range} />
      </div>
      {value && problem && <OutOfDate problem={problem} />}
      {value && <Shown revenue={value} />}
      {!value && problem && <Failed problem={problem} onRetry={refresh} />}
      {!value && !problem && <Loading rows={1} />}
      <p class="field-hint">{home.revenueMeaning(timeZone)}</p>
    </section>
  );
}

function RevenueExport({ range }: { range: RevenueRange }) {
  const admin = useAdmin();
  return (
    <ExportButton
      action={ADMIN_TEXTS.home.exportRevenue}
      name={() => `revenue-${range.from}-to-${range.to}.csv`}
      load={() => admin.exportRevenue(range)}
    />
  );
}

/** Amounts of two currencies are never added up: one is shown at a time. */
function Shown({ revenue }: { revenue: Revenue }) {
  const { home } = ADMIN_TEXTS;
  const [chosen, setChosen] = useState<string | null>(null);
  const { totals } = revenue;
  const total = totals.find(({ currency }) => currency === chosen) ?? totals[0];
  if (total === undefined) return <p class="home-none">{home.noRevenue}</p>;
  return (
    <>
      {totals.length > 1 && (
        <Labelled label={home.currency}>
          {(control) => (
            <select
              {...control}
              value={total.currency}
              onChange={({ currentTarget: { value } }) => setChosen(value)}
            >
              {totals.map(({ currency }) => (
                <option key={currency} value={currency}>
                  {currency}
                </option>
              ))}
            </select>
          )}
        </Labelled>
      )}
      <Totals total={total} />
      <RevenueChart revenue={revenue} currency={total.currency} />
      <RevenueTable revenue={revenue} currency={total.currency} />
    </>
  );
}

function Totals({ total }: { total: RevenueFigures }) {
  const { locale } = useShop();
  const { home, number } = ADMIN_TEXTS;
  const { currency } = total;
  const money = (minor: number) => formatMoney(minor, { currency, locale });
  const figures = [
    [home.net, money(total.netCents)],
    [home.gross, money(total.grossCents)],
    [home.refunded, money(total.refundedCents)],
    [home.orders, number(total.orders)],
    [home.units, number(total.units)],
  ] as const;
  return (
    <dl class="figures">
      {figures.map(([label, figure]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{figure}</dd>
        </div>
      ))}
    </dl>
  );
}
