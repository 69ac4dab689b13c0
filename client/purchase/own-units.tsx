/** What the shopper has of an item already, where they could buy it. Must not look it up. */
import type { Order } from '../../worker/contract/orders.ts';
import { isolated } from '../format/direction.ts';
import { clockDigits } from '../format/times.ts';
import { Ticking } from '../shop/ticking.tsx';
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
  /** A hold has ended by the clock. */
  onTimeUp(eventItemId: string): void;
}

export function OwnUnits({ bought, held, isAll, onTimeUp }: OwnUnitsProps) {
  const { purchase } = LAZY_TEXTS;
  return (
    <div class={`outcome ${bought.length > 0 ? 'outcome-confirmed' : ''}`}>
      {bought.length > 0 && <p class="outcome-title">{boughtWords(bought)}</p>}
      {held.map((order) => (
        <Held key={order.id} order={order} onTimeUp={() => onTimeUp(order.eventItemId)} />
      ))}
      {isAll && <p>{purchase.ownUnitsAll}</p>}
      {bought.length > 0 && <a href="/orders">{TEXTS.orders}</a>}
    </div>
  );
}

/** Shows the hold itself by a press. */
function Held({ order, onTimeUp }: { order: Order; onTimeUp(): void }) {
  const label = TEXTS.itemLabel(TEXTS.holdTitle, isolated(order.variantLabel ?? ''));
  return (
    <Button kind="quiet" label={label} onPress={() => showItem(order.eventItemId)}>
      <span>{label}</span>
      <Ticking momentMs={Date.parse(order.expiresAt)} onReached={onTimeUp}>
        {(remainingMs) => (
          <span key={remainingMs} class="own-time" translate={false}>
            {clockDigits(remainingMs)}
          </span>
        )}
      </Ticking>
    </Button>
  );
}

/** How many, and of which variants. */
function boughtWords(bought: readonly Order[]): string {
  const units = LAZY_TEXTS.purchase.ownUnits(unitsOf(bought));
  const labels = new Set(bought.flatMap(({ variantLabel }) => variantLabel ?? []));
  return labels.size > 0 ? TEXTS.itemLabel(units, [...labels].map(isolated).join(', ')) : units;
}
