/** What the shopper has of an item already, where they could buy it. Must not look it up. */
import type { Order } from '../../worker/contract/orders.ts';
import { isolated } from '../format/direction.ts';
import { LAZY_TEXTS } from '../texts/lazy/texts.ts';
import { TEXTS } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { unitsOf } from './own-orders.ts';
import { showItem } from './show-item.ts';

export interface OwnUnitsProps {
  readonly bought: readonly Order[];
  /** Of other variants than the one that is shown. */
  readonly held: readonly Order[];
  /** As many as one customer may have, of all variants. */
  readonly isAll: boolean;
}

export function OwnUnits({ bought, held, isAll }: OwnUnitsProps) {
  const { purchase } = LAZY_TEXTS;
  return (
    <div class={`outcome ${bought.length > 0 ? 'outcome-confirmed' : ''}`}>
      {bought.length > 0 && <p class="outcome-title">{boughtWords(bought)}</p>}
      {held.map(({ id, eventItemId, variantLabel }) => (
        <Button key={id} kind="quiet" onPress={() => showItem(eventItemId)}>
          {TEXTS.itemLabel(TEXTS.holdTitle, isolated(variantLabel ?? ''))}
        </Button>
      ))}
      {isAll && <p>{purchase.ownUnitsAll}</p>}
      {bought.length > 0 && <a href="/orders">{TEXTS.orders}</a>}
    </div>
  );
}

/** How many, and of which variants. */
function boughtWords(bought: readonly Order[]): string {
  const units = LAZY_TEXTS.purchase.ownUnits(unitsOf(bought));
  const labels = new Set(bought.flatMap(({ variantLabel }) => variantLabel ?? []));
  return labels.size > 0 ? TEXTS.itemLabel(units, [...labels].map(isolated).join(', ')) : units;
}
