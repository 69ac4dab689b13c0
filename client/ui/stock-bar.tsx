/** Units of an item or an event: what is left, held and sold. Must not judge them. */
import { useId } from 'preact/hooks';
import type { Stock } from '../../worker/contract/events.ts';
import { TEXTS } from '../texts/texts.ts';

export function StockBar({ stock }: { stock: Stock }) {
  const hatchId = useId();
  const share = (units: number) => `${(units / Math.max(1, stock.total)) * 100}%`;
  return (
    <div class="stock">
      {/* Widths are SVG attributes: a strict CSP forbids style attributes. */}
      <svg class="stock-bar" aria-hidden="true">
        <defs>
          <pattern id={hatchId} width="6" height="6" patternUnits="userSpaceOnUse">
            <path class="stock-hatch" d="M-1 1 1 -1M0 6 6 0M5 7 7 5" />
          </pattern>
        </defs>
        <rect class="stock-left" width={share(stock.remaining)} height="100%" />
        <rect
          fill={`url(#${hatchId})`}
          x={share(stock.remaining)}
          width={share(stock.held)}
          height="100%"
        />
        <rect
          class="stock-sold"
          x={share(stock.remaining + stock.held)}
          width={share(stock.sold)}
          height="100%"
        />
      </svg>
      <ul class="stock-legend" aria-label={TEXTS.stockLabel}>
        {/* Each as a whole anew: a translator would replace the texts in the old one. */}
        <li key={`left ${stock.remaining} ${stock.total}`}>
          <span class="stock-mark" />
          <strong>{TEXTS.stockLeft(stock.remaining)}</strong> {TEXTS.stockOf(stock.total)}
        </li>
        {stock.held > 0 && (
          <li key={`held ${stock.held}`}>
            <span class="stock-mark stock-mark-held" />
            {TEXTS.stockHeld(stock.held)}
          </li>
        )}
        {stock.sold > 0 && (
          <li key={`sold ${stock.sold}`}>
            <span class="stock-mark stock-mark-sold" />
            {TEXTS.stockSold(stock.sold)}
          </li>
        )}
      </ul>
    </div>
  );
}
