/** An event's figures: money and units. Must not count anything. */
import type { EventDashboard } from '../../../worker/contract/administration.ts';
import type { Cancellation } from '../../../worker/contract/cancellation.ts';
import { formatMoney } from '../../format/money.ts';
import { useShop } from '../../shop/shop.ts';
import { ADMIN_TEXTS } from '../texts/texts.ts';

export interface EventFiguresProps {
  readonly figures: EventDashboard;
  /** Null for an event that was not cancelled. */
  readonly cancellation: Cancellation | null;
}

export function EventFigures({ figures, cancellation }: EventFiguresProps) {
  const { locale } = useShop();
  const { stock, orders, revenueCents, currency } = figures;
  const { number, percent, figures: names } = ADMIN_TEXTS;
  if (cancellation) return <CancelledFigures cancellation={cancellation} />;
  return (
    <>
      <Cells
        cells={[
          [names.revenue, formatMoney(revenueCents, { currency, locale })],
          [names.sold, number(stock.sold)],
          [names.through, percent(stock.sold / Math.max(1, stock.total))],
          [names.held, number(stock.held)],
          [names.left, number(stock.remaining)],
          [names.orders, number(orders.confirmed)],
        ]}
      />
      <p class="small-print">{names.revenueCounts}</p>
    </>
  );
}

/** All units are back: what was sold before counts, and the money that went back. */
function CancelledFigures({ cancellation }: { cancellation: Cancellation }) {
  const { locale } = useShop();
  const { units, orders, givenBack } = cancellation;
  const { number, cancelling: names } = ADMIN_TEXTS;
  return (
    <Cells
      cells={[
        [names.soldBefore, number(units)],
        [names.ordersBefore, number(orders)],
        ...givenBack.map(
          ({ currency, amountCents }): Cell => [
            names.givenBack,
            formatMoney(amountCents, { currency, locale }),
          ],
        ),
      ]}
    />
  );
}

type Cell = readonly [name: string, value: string];

function Cells({ cells }: { cells: readonly Cell[] }) {
  return (
    <dl class="figures">
      {cells.map(([name, value], n) => (
        <div key={`${n} ${name}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
