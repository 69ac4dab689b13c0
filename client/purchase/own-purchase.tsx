/** What the shopper has bought of an item already, where they could buy it. Must not look it up. */
import { TEXTS } from '../texts/texts.ts';

export interface OwnPurchaseProps {
  readonly units: number;
  /** As many as one customer may have. */
  readonly isAll: boolean;
}

export function OwnPurchase({ units, isAll }: OwnPurchaseProps) {
  return (
    <div class="outcome outcome-confirmed">
      <p class="outcome-title">{TEXTS.ownUnits(units)}</p>
      {isAll && <p>{TEXTS.ownUnitsAll}</p>}
      <a href="/orders">{TEXTS.orders}</a>
    </div>
  );
}
