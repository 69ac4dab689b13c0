/** The variants of one item as a row of buttons, one of which is chosen. Must not choose by itself. */
import type { EventStatus } from '../../worker/contract/events.ts';
import { isolated } from '../format/direction.ts';
import { heldOrder, NO_PURCHASE, type Purchase } from '../purchase/purchase.ts';
import type { LiveItem } from '../sale/live.ts';
import { offerOf } from '../sale/sale.ts';
import { chooseWords, type Variants } from '../sale/variants.ts';
import { TEXTS } from '../texts/texts.ts';

export interface VariantChooserProps {
  readonly variants: Variants;
  readonly chosenId: string;
  /** The event's, as of now. */
  readonly status: EventStatus;
  readonly purchases: Readonly<Record<string, Purchase>>;
  priceOf(item: LiveItem): string;
  onChoose(item: LiveItem): void;
}

export function VariantChooser({ variants, chosenId, status, ...rest }: VariantChooserProps) {
  const { purchases, priceOf, onChoose } = rest;
  const [first] = variants;
  const choose = chooseWords(variants);
  const hasPrices = variants.some(({ priceCents }) => priceCents !== first.priceCents);
  return (
    // With its item, since there may be several on a screen.
    <fieldset class="variants" aria-label={TEXTS.itemLabel(choose, isolated(first.name))}>
      <legend>{choose}</legend>
      <div>
        {variants.map((item) => {
          const label = item.variant?.label ?? '';
          const price = hasPrices && priceOf(item);
          const { state, shown, spoken = shown } = wordsOf(item, status, purchases[item.id]);
          return (
            <label key={item.id} class={`variant variant-${state}`}>
              {/* The place that links to a hold of it lead to. */}
              <input
                type="radio"
                id={item.id}
                name={first.itemId}
                checked={item.id === chosenId}
                aria-label={[isolated(label), price, spoken].filter(Boolean).join(', ')}
                onChange={() => onChoose(item)}
              />
              <span dir="auto">{label}</span>
              {price && <small>{price}</small>}
              {shown && <small key={shown}>{shown}</small>}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}

/** What is written on the button, and what its name has; not much where it can be bought. */
function wordsOf(
  item: LiveItem,
  status: EventStatus,
  purchase: Purchase = NO_PURCHASE,
): { state: string; shown?: string; spoken?: string } {
  if (heldOrder(purchase)) return { state: 'own', shown: TEXTS.holdTitle };
  const state = offerOf(item.stock, status);
  if (state === 'sold_out') return { state, shown: TEXTS.variantSoldOut };
  if (state !== 'all_held') return { state };
  return { state, shown: TEXTS.variantOnHold, spoken: TEXTS.variantHeld };
}
